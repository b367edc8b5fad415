"""The cooperative takes its last step back: it accepted or shipped the wrong order."""

from __future__ import annotations

from django.db import transaction

from taawon.catalogue.services import stock
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock_or_not_found
from taawon.journal.record import record
from taawon.orders import rules
from taawon.orders.errors import TooLateToUndo
from taawon.orders.events import OrderTakenBack
from taawon.orders.models import Order, Step
from taawon.orders.states import State


@transaction.atomic
def take_back(order_id: int, *, by: Actor) -> Order:
    """The order stands where it stood before its last step, for ten minutes after it.

    Raises NotFound, WrongMoment, TooLateToUndo.
    """
    order = lock_or_not_found(Order, pk=order_id)
    if not rules.runs_the_shop(by, order):
        raise NotFound
    was = State(order.state)
    steps = list(order.steps.all())
    in_time = rules.can_be_taken_back(order)
    order.go_back(State(steps[-2].state) if len(steps) > 1 else State.PLACED)
    if not in_time:
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
