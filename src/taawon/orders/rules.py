"""Who may do what with an order. Templates ask; services insist."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from taawon.cooperatives.rules import may_sell
from taawon.core.actor import Actor
from taawon.orders.models import Order
from taawon.orders.states import BACK, NEXT, State

UNDO_LIVES = timedelta(minutes=10)


def is_buyer(actor: Actor, order: Order, proof: str = "") -> bool:
    """The person who ordered, or whoever knows the secret of the order's link."""
    if actor.person_id is not None and order.buyer_id == actor.person_id:
        return True
    return bool(proof) and constant_time_compare(proof, order.secret)


def runs_the_shop(actor: Actor, order: Order) -> bool:
    return may_sell(actor, order.cooperative_id)


def buyer_may_cancel(order: Order) -> bool:
    """Until the cooperative has packed it."""
    return order.state in (State.PLACED, State.ACCEPTED)


def possible(order: Order) -> frozenset[State]:
    """Where the order can go from here."""
    return NEXT[State(order.state)]


def can_be_taken_back(order: Order) -> bool:
    """Whether its last step is one that can be undone, and younger than ten minutes."""
    steps = list(order.steps.all())
    fresh = bool(steps) and steps[-1].at >= timezone.now() - UNDO_LIVES
    return fresh and State(order.state) in BACK
