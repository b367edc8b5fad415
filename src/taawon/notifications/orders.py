"""Who hears about orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taawon.core.phone import readable
from taawon.journal.listeners import on
from taawon.messaging.fitting import Name
from taawon.notifications import readers
from taawon.notifications.compose import link, sentence, tell
from taawon.orders.events import (
    OrderAccepted,
    OrderCancelled,
    OrderDelivered,
    OrderEvent,
    OrderExpired,
    OrderNotCollected,
    OrderPlaced,
    OrderPrepared,
    OrderRefused,
    OrderShipped,
    OrderTakenBack,
)
from taawon.orders.models import Order
from taawon.orders.states import Delivery, State


@on(OrderPlaced)
def thank_the_buyer(event: OrderPlaced) -> None:
    _tell_buyer(event, _("Order %(code)s, %(total)s: we have it. Follow or cancel it: %(link)s"))


@on(OrderPlaced)
def tell_the_members(event: OrderPlaced) -> None:
    """All that a member without internet needs: what, for whom, where to, and how to answer."""
    _tell_members(
        event,
        _(
            "Order %(number)d: %(lines)s, %(total)s. %(name)s, %(phone)s, %(place)s. "
            "Answer YES %(number)d or DECLINE %(number)d."
        ),
        letter=_(
            "Order %(number)d: %(lines)s, %(total)s. %(name)s, %(phone)s, %(place)s. "
            "Accept or refuse it: %(link)s"
        ),
    )


@on(OrderAccepted)
def tell_that_it_is_accepted(event: OrderAccepted) -> None:
    _tell_buyer(event, _("Order %(code)s is accepted by %(cooperative)s. %(link)s"))


@on(OrderPrepared)
def tell_that_it_can_be_collected(event: OrderPrepared) -> None:
    """A parcel that is ready is the cooperative's own affair; a pick-up is the buyer's."""
    order = _order(event)
    if order.delivery == Delivery.PICKUP:
        _tell_buyer(event, _("Order %(code)s is ready: collect it at %(cooperative)s. %(link)s"))


@on(OrderShipped)
def tell_that_it_is_on_its_way(event: OrderShipped) -> None:
    _tell_buyer(event, _("Order %(code)s is on its way. Have %(total)s ready. %(link)s"))


@on(OrderRefused)
def tell_that_it_is_refused(event: OrderRefused) -> None:
    _tell_buyer(
        event,
        _("Order %(code)s is refused: %(reason)s You pay nothing. %(link)s"),
        reason=_reason(event, State.REFUSED),
    )


@on(OrderCancelled)
def tell_of_a_cancellation(event: OrderCancelled) -> None:
    """Whoever cancelled knows: the other side hears of it."""
    if event.by_buyer:
        _tell_members(event, _("Order no. %(number)d (%(total)s) is cancelled by the customer."))
    else:
        _tell_buyer(
            event,
            _("Order %(code)s is cancelled: %(reason)s You pay nothing. %(link)s"),
            reason=_reason(event, State.CANCELLED),
        )


@on(OrderTakenBack)
def tell_that_it_waits_again(event: OrderTakenBack) -> None:
    """An undone acceptance or shipment: the buyer was told of it."""
    if event.state == State.PLACED:
        words = _("Order %(code)s waits for the answer of %(cooperative)s again. %(link)s")
    else:
        words = _("Order %(code)s is not on its way yet: that was a mistake. %(link)s")
    if event.was != State.PREPARED:
        _tell_buyer(event, words)


@on(OrderExpired)
def tell_that_it_expired(event: OrderExpired) -> None:
    _tell_buyer(
        event,
        _("Order %(code)s ended: the cooperative did not answer. You pay nothing. %(link)s"),
    )


@on(OrderNotCollected)
def tell_that_it_came_back(event: OrderNotCollected) -> None:
    _tell_buyer(
        event, _("Order %(code)s was not collected and goes back to the cooperative. %(link)s")
    )


@on(OrderDelivered)
def ask_for_a_review(event: OrderDelivered) -> None:
    """Only of somebody who can log in: a review has an author."""
    if _order(event).buyer_id is not None:
        _tell_buyer(
            event, _("Order %(code)s has arrived. How do you like it? Say it here: %(link)s")
        )


def _order(event: OrderEvent) -> Order:
    return Order.objects.select_related("buyer", "cooperative").get(pk=event.order_id)


def _tell_buyer(event: OrderEvent, words: str | Promise, **facts: Any) -> None:
    order = _order(event)
    tell(
        readers.buyer(order),
        words,
        subject=_("Your order %(code)s"),
        key=f"{event.subject}:{event.name}:buyer{_again(event)}",
        cooperative_id=order.cooperative_id,
        code=order.code,
        total=readers.total_of(order),
        cooperative=readers.name_of(order.cooperative),
        link=link("orders", order.code, key=order.secret),
        **facts,
    )


def _again(event: OrderEvent) -> str:
    """What was taken back and done again is told again."""
    earlier = getattr(event, "earlier", 0)
    return f":{earlier}" if earlier else ""


def _tell_members(event: OrderEvent, words: str | Promise, letter: str | Promise = "") -> None:
    order = _order(event)
    for person_id, reader in readers.members(order.cooperative_id):
        tell(
            reader,
            words,
            subject=_("Order no. %(number)d"),
            key=f"{event.subject}:{event.name}:seller:{person_id}",
            cooperative_id=order.cooperative_id,
            segments=2,
            number=order.number,
            lines=readers.lines_of(order),
            total=readers.total_of(order),
            name=Name(order.name),
            phone=readable(order.phone),
            place=_place(order),
            link=link("seller"),
            letter=letter,
        )


def _place(order: Order) -> Callable[[str], Name]:
    """Where it goes: the customer comes, or street and town, or the region at least."""

    def in_language(language: str) -> Name:
        if order.delivery == Delivery.PICKUP:
            return Name(gettext("collects it"))
        written = ", ".join(part for part in (order.address, order.town) if part)
        return Name(" ".join(written.split()) or readers.name_of(order.region)(language))

    return in_language


def _reason(event: OrderEvent, state: State) -> Name:
    """The cooperative's own words."""
    step = Order(pk=event.order_id).steps.filter(state=state).last()
    return sentence(step.note if step else "")
