from __future__ import annotations

import pytest

from taawon.catalogue import privacy
from taawon.catalogue.models import Favourite
from taawon.catalogue.services import favourites
from taawon.catalogue.states import State
from taawon.core.errors import NotAllowed, NotFound
from tests import trail
from tests.factories import CooperativeFactory, PersonFactory, ProductFactory, actor

pytestmark = pytest.mark.django_db


def test_add_and_remove_can_be_said_twice() -> None:
    product, person = ProductFactory(), PersonFactory()
    by = actor(person)

    favourites.add(product.pk, by=by)
    favourites.add(product.pk, by=by)

    assert [one["product_id"] for one in privacy.export(person.pk)] == [product.pk]

    favourites.remove(product.pk, by=by)
    favourites.remove(product.pk, by=by)

    assert Favourite.objects.count() == 0
    assert trail.names() == ["favourite-added", "favourite-removed"]


def test_what_nobody_sees_is_nobodys_favourite() -> None:
    by = actor(PersonFactory())
    without_shop = ProductFactory(cooperative=CooperativeFactory())
    for product in (ProductFactory(state=State.DRAFT), ProductFactory(held=True), without_shop):
        with pytest.raises(NotFound):
            favourites.add(product.pk, by=by)
    with pytest.raises(NotFound):
        favourites.add(0, by=by)
    with pytest.raises(NotAllowed):
        favourites.add(ProductFactory().pk, by=actor())
    with pytest.raises(NotAllowed):
        favourites.remove(ProductFactory().pk, by=actor())
    assert (Favourite.objects.count(), trail.events()) == (0, [])


def test_an_erased_person_has_no_favourites() -> None:
    person = PersonFactory()
    favourites.add(ProductFactory().pk, by=actor(person))
    privacy.erase(person.pk)
    assert Favourite.objects.count() == 0
