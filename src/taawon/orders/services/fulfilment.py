"""What becomes of an order: the cooperative's steps, the buyer's cancellation, the clock's expiry.

Each step: lock the order, ask the rule, move on, add to the trail, record the event, stock last.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taawon.catalogue.services import stock
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.locks import lock_or_not_found
from taawon.core.text import clean
from taawon.journal.record import record
from taawon.orders import rules
from taawon.orders.errors import ReasonNeeded, WrongMoment
from taawon.orders.events import (
    OrderAccepted,
    OrderCancelled,
    OrderDelivered,
    OrderEvent,
    OrderExpired,
    OrderNotCollected,
    OrderPrepared,
    OrderRefused,
    OrderShipped,
)
from taawon.orders.models import Order, Step
from taawon.orders.states import RESERVED, TAKEN, Delivery, State


@transaction.atomic
def accept(order_id: int, *, by: Actor) -> Order:
    order = _for_the_shop(order_id, by)
    event = OrderAccepted(order_id=order.pk, earlier=order.times(State.ACCEPTED))
    _move(order, State.ACCEPTED, event, by=by)
    stock.take(order.packs())
    return order


@transaction.atomic
def refuse(order_id: int, reason: str, *, by: Actor) -> Order:
    """The reason is shown to the customer. Raises ReasonNeeded."""
    order = _for_the_shop(order_id, by)
    _move(order, State.REFUSED, OrderRefused(order_id=order.pk), note=_reason(reason), by=by)
    stock.release(order.packs())
    return order


@transaction.atomic
def prepare(order_id: int, *, by: Actor) -> Order:
    order = _for_the_shop(order_id, by)
    event = OrderPrepared(order_id=order.pk, earlier=order.times(State.PREPARED))
    _move(order, State.PREPARED, event, by=by)
    return order


@transaction.atomic
def ship(order_id: int, *, carrier: str = "", tracking: str = "", by: Actor) -> Order:
    """A parcel is handed over; an order that is picked up is never shipped."""
    order = _for_the_shop(order_id, by)
    if order.delivery == Delivery.PICKUP:
        raise WrongMoment(state=order.get_state_display(), wanted=State.SHIPPED.label)
    order.carrier, order.tracking = clean(carrier)[:60], clean(tracking)[:60]
    event = OrderShipped(order_id=order.pk, earlier=order.times(State.SHIPPED))
    _move(order, State.SHIPPED, event, "carrier", "tracking", by=by)
    return order


@transaction.atomic
def deliver(order_id: int, *, by: Actor) -> Order:
    order = _for_the_shop(order_id, by)
    _require_parcel_shipped(order, State.DELIVERED)
    _move(order, State.DELIVERED, OrderDelivered(order_id=order.pk), by=by)
    return order


@transaction.atomic
def not_collected(order_id: int, note: str = "", *, by: Actor) -> Order:
    """The customer did not take it; the stock is corrected by hand once the parcel is back."""
    order = _for_the_shop(order_id, by)
    _require_parcel_shipped(order, State.NOT_COLLECTED)
    event = OrderNotCollected(order_id=order.pk)
    _move(order, State.NOT_COLLECTED, event, note=clean(note)[:300], by=by)
    return order


@transaction.atomic
def cancel(order_id: int, *, proof: str = "", reason: str = "", by: Actor) -> Order:
    """By the buyer (or by the link's secret) while it is allowed; by the shop with a reason."""
    order = _locked(order_id)
    if rules.is_buyer(by, order, proof):
        if not rules.buyer_may_cancel(order):
            raise WrongMoment(state=order.get_state_display(), wanted=State.CANCELLED.label)
        return _cancel(order, clean(reason)[:300], by_buyer=True, by=by)
    if not rules.runs_the_shop(by, order):
        raise NotFound
    if order.state == State.PLACED:
        raise NotAllowed  # An order that was not accepted yet is refused.
    return _cancel(order, _reason(reason), by_buyer=False, by=by)


@transaction.atomic
def expire(order_id: int, *, by: Actor) -> Order:
    """Nobody answered in time."""
    order = _locked(order_id)
    _move(order, State.EXPIRED, OrderExpired(order_id=order.pk), by=by)
    stock.release(order.packs())
    return order


def expire_due(*, by: Actor) -> int:
    """Expire what waits longer than settings.ORDER_EXPIRY_HOURS ago; each on its own."""
    before = timezone.now() - timedelta(hours=settings.ORDER_EXPIRY_HOURS)
    # An acceptance that was taken back starts the time anew.
    late = Order.objects.filter(state=State.PLACED, changed_at__lt=before).order_by("pk")
    return sum(_try(expire, order_id, by) for order_id in late.values_list("pk", flat=True)[:500])


def _try(step: Callable[..., Order], order_id: int, by: Actor) -> bool:
    try:
        step(order_id, by=by)
    except WrongMoment:  # Somebody answered meanwhile.
        return False
    return True


def _cancel(order: Order, note: str, *, by_buyer: bool, by: Actor) -> Order:
    was = State(order.state)
    event = OrderCancelled(order_id=order.pk, by_buyer=by_buyer)
    _move(order, State.CANCELLED, event, note=note, who="buyer" if by_buyer else "", by=by)
    if was in RESERVED:
        stock.release(order.packs())
    elif was in TAKEN:
        stock.give_back(order.packs())
    return order


def _move(
    order: Order,
    wanted: State,
    event: OrderEvent,
    *columns: str,
    by: Actor,
    note: str = "",
    who: str = "",
) -> None:
    order.become(wanted, *columns)
    Step.objects.create(order=order, state=wanted, note=note, by=who or _who(by))
    record(event, by=by)


def _who(by: Actor) -> str:
    if by.for_cooperative is not None:
        return "team"
    return "cooperative" if by.person_id is not None else "system"


def _locked(order_id: int) -> Order:
    return lock_or_not_found(Order, pk=order_id)


def _for_the_shop(order_id: int, by: Actor) -> Order:
    order = _locked(order_id)
    if not rules.runs_the_shop(by, order):
        raise NotFound
    return order


def _require_parcel_shipped(order: Order, wanted: State) -> None:
    if order.state == State.PREPARED and order.delivery == Delivery.PARCEL:
        raise WrongMoment(state=order.get_state_display(), wanted=wanted.label)


def _reason(reason: str) -> str:
    if tidy := clean(reason)[:300]:
        return tidy
    raise ReasonNeeded(field="reason")
