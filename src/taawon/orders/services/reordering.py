"""Once more, please."""

from __future__ import annotations

from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.orders import rules
from taawon.orders.models import Order
from taawon.orders.services import baskets


def reorder(order: Order, basket_id: int, *, proof: str = "", by: Actor) -> list[str]:
    """Put the order's products into the basket again; the names of those that are gone."""
    if not rules.is_buyer(by, order, proof):
        raise NotFound
    gone = []
    for line in order.lines.all():
        try:
            baskets.add(basket_id, line.product_id, line.quantity, by=by)
        except NotFound:
            gone.append(line.name)
    return gone
