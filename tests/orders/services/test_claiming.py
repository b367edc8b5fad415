from __future__ import annotations

import pytest

from taawon.orders.services.claiming import attach_past_orders
from tests.factories import OrderFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_proven_phone_claims_its_guests_orders():
    person = PersonFactory(phone="+212661234567")
    mine = OrderFactory(phone="+212661234567")
    others = OrderFactory(phone="+212661234568")
    taken = OrderFactory(phone="+212661234567", buyer=PersonFactory())

    assert attach_past_orders(person) == 1

    for order in (mine, others, taken):
        order.refresh_from_db()
    assert mine.buyer_id == person.pk
    assert others.buyer_id is None
    assert taken.buyer_id != person.pk


def test_an_erased_person_claims_nothing():
    OrderFactory(phone="")
    assert attach_past_orders(PersonFactory(phone=None)) == 0
