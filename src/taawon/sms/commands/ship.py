"""EXP 12 AM123456789MA"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taawon.orders.errors import WrongMoment
from taawon.orders.services import fulfilment, undoing
from taawon.orders.states import Delivery, State
from taawon.sms import says, shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("SHIP",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    turn.args.setdefault("verb", "SHIP")
    order = shop.order_of(turn, State.ACCEPTED, State.PREPARED)
    if order.delivery == Delivery.PICKUP and order.state in (State.ACCEPTED, State.PREPARED):
        return Reply("pickup", {"order": order.number})
    tracking = turn.args.get("tracking", "")
    try:
        fulfilment.ship(order.pk, tracking=tracking, by=turn.actor)
    except WrongMoment:
        return shop.wrong_moment(order, turn)
    undo = {"intent": "SHIP", "order": order.number}
    facts = {"order": order.number, "tracking": tracking}
    return Reply("shipped_tracking" if tracking else "shipped", facts, undo=undo)


def undo(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    turn.args["order"] = facts["order"]
    order = undoing.take_back(shop.order_of(turn).pk, by=turn.actor)
    state = says.state(order.state, turn.voice)
    return Reply("undone_order", {"order": order.number, "state": state})
