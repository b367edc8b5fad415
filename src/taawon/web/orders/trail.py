"""The steps of an order as a plain timeline: what was done, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from taawon.core.actor import Actor
from taawon.orders.models import Order, OrderLine
from taawon.orders.states import OPEN, Delivery, State

_PARCEL = (State.PLACED, State.ACCEPTED, State.PREPARED, State.SHIPPED, State.DELIVERED)
_PICKUP = (State.PLACED, State.ACCEPTED, State.PREPARED, State.DELIVERED)
_BAD = frozenset({State.REFUSED, State.CANCELLED, State.EXPIRED, State.NOT_COLLECTED})
_ICONS = {State.SHIPPED: "truck", State.PREPARED: "package", State.DELIVERED: "house"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the timeline component asks for; `state`: done, current, todo or bad."""

    label: str
    state: str
    at: datetime | None = None
    note: str = ""
    icon: str = "clock"


def of(order: Order) -> list[Shown]:
    steps = list(order.steps.all())
    shown = [
        Shown(
            label=str(State(step.state).label),
            state="bad" if step.state in _BAD else "done",
            at=step.at,
            note=step.note,
        )
        for step in steps
    ]
    if order.state not in OPEN:
        return shown
    road = _PICKUP if order.delivery == Delivery.PICKUP else _PARCEL
    here = road.index(State(order.state))
    coming = [
        Shown(
            label=str(state.label),
            state="current" if place == 0 else "todo",
            icon=_ICONS.get(state, "clock"),
        )
        for place, state in enumerate(road[here + 1 :])
    ]
    return shown + coming


def reviewable(order: Order, by: Actor) -> Sequence[OrderLine] | list[Any]:
    """Lines that the reader received, and may write about."""
    if order.state != State.DELIVERED or by.person_id is None or order.buyer_id != by.person_id:
        return []
    return [line for line in order.lines.all() if not hasattr(line, "review")]
