"""The cooperative takes its last step back: it accepted or shipped the wrong order."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from taawon.catalogue.services import stock
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock
from taawon.journal.record import record
from taawon.orders import rules
from taawon.orders.errors import TooLateToUndo
from taawon.orders.events import OrderTakenBack
from taawon.orders.models import Order, Step
from taawon.orders.states import State

UNDO_LIVES = timedelta(minutes=10)


@transaction.atomic
def take_back(order_id: int, *, by: Actor) -> Order:
    """The order stands where it stood before its last step, for ten minutes after it.

    Raises NotFound, WrongMoment, TooLateToUndo.
    """
    try:
        order = lock(Order, pk=order_id)
    except Order.DoesNotExist:
        raise NotFound from None
    if not rules.runs_the_shop(by, order):
        raise NotFound
    was = State(order.state)
    steps = list(order.steps.order_by("-pk")[:2])
    order.go_back(State(steps[1].state) if len(steps) > 1 else State.PLACED)
    if steps[0].at < timezone.now() - UNDO_LIVES:
        raise TooLateToUndo
    earlier = order.times(State(order.state))
    Step.objects.create(
        order=order, state=order.state, by="team" if by.for_cooperative else "cooperative"
    )
    record(
        OrderTakenBack(order_id=order.pk, was=was.value, state=order.state, earlier=earlier), by=by
    )
    if order.state == State.PLACED:
        stock.untake(order.packs())
    return order
