"""LIVRE 12"""

from __future__ import annotations

from taawon.orders.errors import WrongMoment
from taawon.orders.services import fulfilment
from taawon.orders.states import Delivery, State
from taawon.sms import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("DELIVERED",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    turn.args.setdefault("verb", "DELIVERED")
    order = shop.order_of(turn, State.SHIPPED)
    try:
        if order.delivery == Delivery.PICKUP and order.state == State.ACCEPTED:
            fulfilment.prepare(order.pk, by=turn.actor)
        fulfilment.deliver(order.pk, by=turn.actor)
    except WrongMoment:
        return shop.wrong_moment(order, turn)
    return Reply("delivered", {"order": order.number, "total": order.total}, final=True)
