"""What a person may take along of their orders, and what is left when they are erased.

Orders stay, because the cooperative's accounts need them; the person in them is replaced.
"""

from __future__ import annotations

from typing import Any

from taawon.accounts.privacy import erasers, exporters
from taawon.orders.models import Basket, Order
from taawon.orders.states import OPEN


def export(person_id: int) -> list[dict[str, Any]]:
    orders = Order.objects.filter(buyer_id=person_id).prefetch_related("lines").order_by("pk")
    return [
        {
            "code": order.code,
            "state": order.state,
            "placed_at": order.placed_at.isoformat(),
            "name": order.name,
            "phone": order.phone,
            "town": order.town,
            "address": order.address,
            "total_centimes": order.total_centimes,
            "lines": [
                {
                    "name": line.name,
                    "quantity": line.quantity,
                    "price_centimes": line.price_centimes,
                }
                for line in order.lines.all()
            ],
        }
        for order in orders
    ]


def erase(person_id: int) -> None:
    """Orders that are still on their way keep name and address until they arrive."""
    Basket.objects.filter(person_id=person_id).delete()
    done = Order.objects.filter(buyer_id=person_id).exclude(state__in=OPEN)
    done.update(name="—", phone="", town="", address="", note="")


exporters["orders"] = export
erasers["orders"] = erase
