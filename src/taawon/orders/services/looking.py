"""The national team looks at what an order holds of its customer, and that is on record."""

from __future__ import annotations

from django.db import transaction

from taawon.cooperatives import rules
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.journal.record import record
from taawon.orders import queries
from taawon.orders.events import OrderLookedAt
from taawon.orders.models import Order


@transaction.atomic
def look(order_id: int, *, by: Actor) -> Order:
    """The order, for whoever looks after its cooperative. Raises NotFound."""
    order = queries.for_team(order_id)
    if not rules.may_supervise(by, order.cooperative):
        raise NotFound
    record(OrderLookedAt(order_id=order.pk), by=by)
    return order
