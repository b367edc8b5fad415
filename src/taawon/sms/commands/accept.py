"""OUI 12"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taawon.orders.errors import WrongMoment
from taawon.orders.services import fulfilment, undoing
from taawon.orders.states import State
from taawon.sms import shop
from taawon.sms.turns import Choice, Reply, Turn

INTENTS = ("ACCEPT",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    turn.args.setdefault("verb", "ACCEPT")
    order = shop.order_of(turn, State.PLACED)
    try:
        fulfilment.accept(order.pk, by=turn.actor)
    except WrongMoment:
        return shop.wrong_moment(order, turn)
    undo = {"intent": "ACCEPT", "order": order.number}
    return Reply("accepted", {"order": order.number}, undo=undo)


def undo(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    order = undoing.take_back(_pk(turn, facts["order"]), by=turn.actor)
    choices = waiting_choices(order.number)
    return Reply("undone_placed", {"order": order.number}, choices=choices)


def waiting_choices(number: int) -> tuple[Choice, ...]:
    return (Choice("ACCEPT", {"order": number}), Choice("REFUSE", {"order": number}))


def _pk(turn: Turn, number: int) -> int:
    turn.args["order"] = number
    return shop.order_of(turn).pk
