"""Who reads what an order holds of its customer, and that it is on record."""

from __future__ import annotations

import pytest

from taawon.accounts.models import StaffRole
from taawon.core.errors import NotFound
from taawon.orders.services import looking
from tests import trail
from tests.factories import OrderFactory, RegionFactory, actor, member, staff

pytestmark = pytest.mark.django_db


def test_a_look_is_on_record():
    order = OrderFactory()
    agent = staff(StaffRole.AGENT, staff_region=order.cooperative.region)

    assert looking.look(order.pk, by=agent) == order
    assert trail.events() == [("order-looked-at", f"orders.order:{order.pk}")]


def test_only_who_looks_after_the_cooperative():
    order = OrderFactory()
    others = [
        staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01")),
        staff(StaffRole.EDITOR),
        member(order.cooperative),
        actor(),
    ]
    for by in others:
        with pytest.raises(NotFound):
            looking.look(order.pk, by=by)
    with pytest.raises(NotFound):
        looking.look(987654321, by=staff())

    assert trail.events() == []
