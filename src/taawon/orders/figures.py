"""What a shop sold: sums for people who read them on a small screen, or in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from taawon.orders.models import Order, OrderLine
from taawon.orders.states import State

_UNDONE = (State.REFUSED, State.CANCELLED, State.EXPIRED)
_TO_SHIP = (State.ACCEPTED, State.PREPARED)


@dataclass(frozen=True, slots=True)
class Sales:
    """Orders placed in a span of time, without those that were undone; fees are not counted."""

    orders: int
    centimes: int


@dataclass(frozen=True, slots=True)
class Best:
    """The product that was sold most: its id, and how many packs."""

    product_id: int
    packs: int


def sales(cooperative_id: int, since: datetime) -> Sales:
    sums = _sold(cooperative_id, since).aggregate(orders=Count("pk"), sum=Sum("items_centimes"))
    return Sales(orders=sums["orders"], centimes=sums["sum"] or 0)


def best(cooperative_id: int, since: datetime) -> Best | None:
    lines = OrderLine.objects.filter(order__in=_sold(cooperative_id, since))
    row = (
        lines.values("product_id")
        .annotate(packs=Sum("quantity"))
        .order_by("-packs", "product_id")
        .first()
    )
    return Best(product_id=row["product_id"], packs=row["packs"]) if row else None


def numbers(cooperative_id: int, *states: State) -> list[int]:
    """The numbers of a shop's orders in these states, oldest first."""
    found = Order.objects.filter(cooperative_id=cooperative_id, state__in=states)
    return list(found.order_by("pk").values_list("number", flat=True)[:50])


def to_ship(cooperative_id: int) -> list[int]:
    """The numbers of orders that were accepted and wait to be sent, oldest first."""
    return numbers(cooperative_id, *_TO_SHIP)


def _sold(cooperative_id: int, since: datetime) -> QuerySet[Order]:
    placed = Order.objects.filter(cooperative_id=cooperative_id, placed_at__gte=since)
    return placed.exclude(state__in=_UNDONE)
