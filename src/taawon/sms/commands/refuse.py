"""NON 12 plus de miel: a code confirms it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from taawon.orders.errors import WrongMoment
from taawon.orders.models import Order
from taawon.orders.services import fulfilment
from taawon.orders.states import State
from taawon.sms import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("REFUSE",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    turn.args.setdefault("verb", "REFUSE")
    order = shop.order_of(turn, State.PLACED)
    if order.state != State.PLACED:
        return shop.wrong_moment(order, turn)
    if not turn.confirmed:
        return Reply("refuse_code", {"order": order.number, "total": order.total}, risky=True)
    try:
        fulfilment.refuse(order.pk, turn.args.get("reason") or _no_reason(order), by=turn.actor)
    except WrongMoment:
        return shop.wrong_moment(order, turn)
    return Reply("refused", {"order": order.number}, final=True)


def _no_reason(order: Order) -> str:
    """In the language of the customer, who reads it."""
    with translation.override(order.language):
        return _("The cooperative cannot deliver this order.")
