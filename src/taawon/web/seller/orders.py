"""Orders: the list by state, one order, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from taawon.core.actor import Actor
from taawon.core.errors import Refused
from taawon.orders import queries, rules
from taawon.orders.models import Order
from taawon.orders.services import fulfilment, undoing
from taawon.orders.states import Delivery, State
from taawon.places.queries import regions
from taawon.web.forms import with_refusal
from taawon.web.seller.desk import Desk, at_desk, page_of, show
from taawon.web.seller.order_forms import (
    CARRIERS,
    CancelForm,
    NoForm,
    NoteForm,
    RefuseForm,
    ShipForm,
)

# The states as a shop thinks of them: what is to be done with such orders.
TABS: Mapping[State, str | Promise] = {
    State.PLACED: _("To accept"),
    State.ACCEPTED: _("To prepare"),
    State.PREPARED: _("Ready"),
    State.SHIPPED: _("On the way"),
    State.DELIVERED: _("Delivered"),
    State.NOT_COLLECTED: _("Not collected"),
    State.REFUSED: _("Refused"),
    State.CANCELLED: _("Cancelled"),
    State.EXPIRED: _("Expired"),
}
_ALWAYS = frozenset({State.PLACED, State.ACCEPTED, State.PREPARED, State.SHIPPED, State.DELIVERED})
_BAD = frozenset({State.NOT_COLLECTED, State.REFUSED, State.CANCELLED, State.EXPIRED})
TONES = {
    State.PLACED: "warning",
    State.ACCEPTED: "",
    State.PREPARED: "",
    State.SHIPPED: "label",
    **dict.fromkeys(_BAD, "plain"),
    State.DELIVERED: "plain",
}


@require_safe
@at_desk
def orders(request: HttpRequest, desk: Desk) -> HttpResponse:
    counts = queries.counts_of_shop(desk.id)
    state = request.GET.get("state", "")
    state = state if state in counts else ""
    found = queries.of_shop(desk.id, state=state)
    page = page_of(request, found, counts[state] if state else sum(counts.values()))
    return show(
        request,
        desk,
        "orders",
        "orders",
        waiting=counts[State.PLACED],
        page=page,
        rows=[{"order": order, "tone": TONES[State(order.state)]} for order in page],
        tabs=tabs(counts, state),
        state=state,
    )


def tabs(counts: Mapping[str, int], here: str) -> list[dict[str, Any]]:
    """One tab a state that has orders, and those that a shop always wants to see."""
    base = reverse("seller:orders")
    shown = [tab for tab in TABS if tab in _ALWAYS or counts[tab] or tab == here]
    return [
        {"label": _("All"), "url": base, "current": not here, "count": 0},
        *(
            {
                "label": TABS[tab],
                "url": f"{base}?state={tab}",
                "current": tab == here,
                "count": counts[tab],
            }
            for tab in shown
        ),
    ]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a shop does with an order: where it leads, what is asked, and how it is done."""

    wanted: State
    form: type[forms.Form]
    do: Callable[[Order, Any, Actor], object]
    said: str | Promise


DEEDS: Mapping[str, Deed] = {
    "accept": Deed(
        State.ACCEPTED,
        NoForm,
        lambda order, form, by: fulfilment.accept(order.pk, by=by),
        _("The order is accepted. Prepare it now."),
    ),
    "refuse": Deed(
        State.REFUSED,
        RefuseForm,
        lambda order, form, by: fulfilment.refuse(order.pk, form.said_to(order), by=by),
        _("The order is refused. The customer is told why."),
    ),
    "prepare": Deed(
        State.PREPARED,
        NoForm,
        lambda order, form, by: fulfilment.prepare(order.pk, by=by),
        _("The order is ready."),
    ),
    "ship": Deed(
        State.SHIPPED,
        ShipForm,
        lambda order, form, by: fulfilment.ship(order.pk, **form.cleaned_data, by=by),
        _("The parcel is on its way. The customer is told."),
    ),
    "deliver": Deed(
        State.DELIVERED,
        NoForm,
        lambda order, form, by: fulfilment.deliver(order.pk, by=by),
        _("The order is delivered. Well done!"),
    ),
    "not-collected": Deed(
        State.NOT_COLLECTED,
        NoteForm,
        lambda order, form, by: fulfilment.not_collected(
            order.pk, form.cleaned_data["note"], by=by
        ),
        _("Noted: the customer did not take the order."),
    ),
    "cancel": Deed(
        State.CANCELLED,
        CancelForm,
        lambda order, form, by: fulfilment.cancel(order.pk, reason=form.said_to(order), by=by),
        _("The order is cancelled. The customer is told why."),
    ),
}


@require_safe
@at_desk
def order(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    return _order_page(request, desk, queries.for_shop(desk.id, number))


@require_POST
@at_desk
def act(request: HttpRequest, desk: Desk, number: int, verb: str) -> HttpResponse:
    """Pressed twice, the second time finds it done."""
    found = queries.for_shop(desk.id, number)
    deed = DEEDS[verb]
    if found.state == deed.wanted:
        return redirect("seller:order", number)
    form = deed.form(request.POST, auto_id=f"{verb}_%s")
    done = form.is_valid() and with_refusal(form, partial(deed.do, found, form, desk.actor))
    if not done:
        again = queries.for_shop(desk.id, number)
        return _order_page(request, desk, again, verb, form)
    messages.success(request, str(deed.said))
    return redirect("seller:order", number)


@require_POST
@at_desk
def undo(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """The wrong button was pressed: the order stands where it stood before."""
    found = queries.for_shop(desk.id, number)
    try:
        undoing.take_back(found.pk, by=desk.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The last step is taken back. The customer is told."))
    return redirect("seller:order", number)


def _order_page(
    request: HttpRequest, desk: Desk, order: Order, verb: str = "", form: forms.Form | None = None
) -> HttpResponse:
    able = possible(order)
    asked = {name: DEEDS[name].form(auto_id=f"{name}_%s") for name in able}
    if form is not None:
        asked[verb] = form
    region = regions().get(order.region_id)
    return show(
        request,
        desk,
        "order",
        "orders",
        status=422 if form is not None else 200,
        order=order,
        able=able,
        forms={name.replace("-", "_"): asked.get(name) for name in DEEDS},
        failed=verb,
        failed_form=form,
        tone=TONES[State(order.state)],
        region=region.name if region else "",
        steps=trail(order),
        may_undo=rules.can_be_taken_back(order),
        carriers=CARRIERS,
    )


def possible(order: Order) -> list[str]:
    """The deeds that the order's state and way of delivery allow, by name."""
    parcel = order.delivery == Delivery.PARCEL
    after = rules.possible(order)
    barred = set()
    if order.state == State.PLACED:
        barred.add("cancel")  # what was not accepted yet is refused
    if not parcel:
        barred.add("ship")
    elif order.state == State.PREPARED:
        barred |= {"deliver", "not-collected"}  # a parcel is handed to its carrier first
    return [name for name, deed in DEEDS.items() if deed.wanted in after and name not in barred]


def trail(order: Order) -> list[dict[str, Any]]:
    """The steps as the timeline shows them."""
    by = {"buyer": _("By the customer"), "team": _("By the national team")}
    steps = list(order.steps.all())
    return [
        {
            "label": step.get_state_display(),
            "state": "bad" if step.state in _BAD else "done",
            "at": step.at,
            "note": step.note,
            "icon": "",
            "by": by.get(step.by, "") if step.state != State.PLACED else "",
        }
        for step in steps
    ]
