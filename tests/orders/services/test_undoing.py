from __future__ import annotations

import pytest

from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotFound
from taawon.orders.errors import TooLateToUndo, WrongMoment
from taawon.orders.services import fulfilment, undoing
from tests import trail
from tests.factories import MembershipFactory, ProductFactory
from tests.orders import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    build.zones()
    return ProductFactory(on_hand=10)


def levels(product):
    product.refresh_from_db()
    return product.on_hand, product.reserved


def test_an_acceptance_is_taken_back_with_its_stock(product):
    order = build.placed((product, 3))
    seller = build.seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    assert levels(product) == (7, 0)
    undoing.take_back(order.pk, by=seller)
    order.refresh_from_db()
    assert order.state == "placed"
    assert levels(product) == (10, 3)
    assert [step.state for step in order.steps.all()] == ["placed", "accepted", "placed"]
    assert trail.names()[-1] == "order-taken-back"


def test_a_shipment_goes_back_to_where_it_came_from(product):
    order = build.placed((product, 3))
    seller = build.seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    fulfilment.prepare(order.pk, by=seller)
    fulfilment.ship(order.pk, by=seller)
    undoing.take_back(order.pk, by=seller)
    order.refresh_from_db()
    assert order.state == "prepared"
    assert levels(product) == (7, 0)


def test_after_ten_minutes_it_stays(product, clock):
    order = build.placed((product, 3))
    seller = build.seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    clock.forward(minutes=10, seconds=1)
    with pytest.raises(TooLateToUndo):
        undoing.take_back(order.pk, by=seller)
    order.refresh_from_db()
    assert order.state == "accepted"
    assert levels(product) == (7, 0)


def test_a_new_order_has_nothing_to_take_back(product):
    order = build.placed((product, 3))
    with pytest.raises(WrongMoment):
        undoing.take_back(order.pk, by=build.seller_of(order))
    assert levels(product) == (10, 3)


def test_of_another_cooperative(product):
    order = build.placed((product, 3))
    fulfilment.accept(order.pk, by=build.seller_of(order))
    stranger = Actor(person_id=MembershipFactory().person_id, channel=Channel.SMS)
    with pytest.raises(NotFound):
        undoing.take_back(order.pk, by=stranger)
    assert levels(product) == (7, 0)


def test_accepted_again_is_told_again(product):
    order = build.placed((product, 3))
    seller = build.seller_of(order)
    for _ in range(2):
        fulfilment.accept(order.pk, by=seller)
        undoing.take_back(order.pk, by=seller)
    told = [
        fact["earlier"]
        for name, fact in zip(trail.names(), trail.facts(), strict=True)
        if name == "order-accepted"
    ]
    assert told == [0, 1]
