from __future__ import annotations

import pytest

from taawon.core.errors import NotFound
from taawon.orders.errors import WrongQuantity
from taawon.orders.models import Basket
from taawon.orders.services import baskets
from tests.factories import PersonFactory, ProductFactory, actor
from tests.orders.build import GUEST, basket

pytestmark = pytest.mark.django_db


def lines(of: Basket) -> list[tuple[int, int]]:
    return list(of.lines.values_list("product_id", "quantity"))


def test_put_sets_and_zero_removes():
    product = ProductFactory()
    mine = basket((product, 2))

    baskets.put(mine.pk, product.pk, 5, by=GUEST)
    assert lines(mine) == [(product.pk, 5)]

    baskets.put(mine.pk, product.pk, 0, by=GUEST)
    assert lines(mine) == []


def test_add_adds_up_to_999():
    product = ProductFactory()
    mine = basket((product, 998))

    assert baskets.add(mine.pk, product.pk, 1, by=GUEST) == 999
    assert baskets.add(mine.pk, product.pk, 5, by=GUEST) == 999


@pytest.mark.parametrize("quantity", [-1, 1000, 10**9])
def test_a_wrong_quantity_changes_nothing(quantity):
    product = ProductFactory()
    mine = basket((product, 2))

    with pytest.raises(WrongQuantity):
        baskets.put(mine.pk, product.pk, quantity, by=GUEST)
    with pytest.raises(WrongQuantity):
        baskets.add(mine.pk, product.pk, quantity, by=GUEST)
    assert lines(mine) == [(product.pk, 2)]


@pytest.mark.parametrize("change", [{"state": "draft"}, {"state": "paused"}, {"held": True}])
def test_what_nobody_may_see_cannot_be_put(change):
    mine = basket()
    with pytest.raises(NotFound):
        baskets.put(mine.pk, ProductFactory(**change).pk, 1, by=GUEST)
    assert lines(mine) == []


def test_a_persons_basket_is_theirs_alone():
    owner, stranger = PersonFactory(), PersonFactory()
    theirs = basket((ProductFactory(), 1), by=actor(owner))

    for other in (GUEST, actor(stranger)):
        with pytest.raises(NotFound):
            baskets.put(theirs.pk, ProductFactory().pk, 1, by=other)
    assert theirs.lines.count() == 1
    assert baskets.open_basket(by=actor(owner)) == theirs


def test_login_brings_the_guests_choice_along():
    honey, oil = ProductFactory(), ProductFactory()
    person = PersonFactory()
    mine = basket((honey, 1), by=actor(person))
    guests = basket((honey, 3), (oil, 2))

    assert baskets.merge(guests.token, by=actor(person)) == mine
    assert sorted(lines(mine)) == [(honey.pk, 3), (oil.pk, 2)]
    assert lines(guests) == []

    baskets.merge(guests.token, by=actor(person))
    assert sorted(lines(mine)) == [(honey.pk, 3), (oil.pk, 2)]


def test_another_persons_basket_is_never_merged():
    theirs = basket((ProductFactory(), 1), by=actor(PersonFactory()))
    person = PersonFactory()

    assert lines(baskets.merge(theirs.token, by=actor(person))) == []
    assert theirs.lines.count() == 1


def test_guests_baskets_are_forgotten_after_half_a_year(clock):
    old = basket((ProductFactory(), 1))
    clock.forward(days=181)
    fresh = basket((ProductFactory(), 1))

    baskets.forget_old()

    assert list(Basket.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert old.pk != fresh.pk
