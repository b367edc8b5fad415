"""Whoever speaks for no cooperative: how their last order stands, or where orders are found."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from taawon.orders import queries
from taawon.sms import says
from taawon.sms.turns import Reply, Turn

# Nobody asks for an older one.
LATELY = timedelta(days=60)


def answer(turn: Turn) -> Reply:
    return about_the_last_order(turn) or Reply("customer", {"site": settings.SITE_URL})


def about_the_last_order(turn: Turn) -> Reply | None:
    """The answer goes to the number that the order was placed with, as all its news do."""
    order = queries.last_of_phone(turn.phone, LATELY)
    if order is None:
        return None
    state = says.state(order.state, turn.voice)
    return Reply("customer_order", {"code": order.code, "state": state, "site": settings.SITE_URL})
