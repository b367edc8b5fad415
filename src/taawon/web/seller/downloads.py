"""Orders and products as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from taawon.catalogue import workspace
from taawon.catalogue.shelves import categories
from taawon.catalogue.states import State as ProductState
from taawon.core.money import Money
from taawon.core.phone import readable
from taawon.orders import queries
from taawon.orders.models import Order
from taawon.orders.states import State
from taawon.places.queries import regions
from taawon.web import exports
from taawon.web.numbers import HERE
from taawon.web.seller.desk import Desk, at_desk, show
from taawon.web.seller.order_forms import PeriodForm


@require_safe
@at_desk
def downloads(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = PeriodForm(request.GET if "since" in request.GET else None)
    return show(
        request, desk, "downloads", "downloads", form=form, states=State.choices, today=localdate()
    )


@require_safe
@at_desk
def orders(request: HttpRequest, desk: Desk, form: str) -> HttpResponseBase:
    period = PeriodForm(request.GET)
    if not period.is_valid():
        return show(
            request,
            desk,
            "downloads",
            "downloads",
            status=422,
            form=period,
            states=State.choices,
            today=localdate(),
        )
    asked = period.cleaned_data
    state = asked["state"] if asked["state"] in State.values else ""
    found = queries.of_shop(desk.id, state=state).filter(**_within(asked))
    name = f"taawon-orders-{localdate():%Y-%m-%d}"
    return exports.answer(form, name, order_headings(), order_rows(found))


def _within(asked: dict[str, Any]) -> dict[str, datetime]:
    """From the first moment of a day in Morocco to the last of another."""
    found = {}
    if asked["since"]:
        found["placed_at__gte"] = datetime.combine(asked["since"], time(), HERE)
    if asked["until"]:
        found["placed_at__lt"] = datetime.combine(asked["until"] + timedelta(days=1), time(), HERE)
    return found


def order_headings() -> list[str]:
    return [
        _("Number"),
        _("Code"),
        _("Day"),
        _("State"),
        _("Customer"),
        _("Phone"),
        _("Region"),
        _("Town"),
        _("Address"),
        _("Products"),
        _("Amount of products (DH)"),
        _("Delivery (DH)"),
        _("Total (DH)"),
        _("Carrier"),
        _("Tracking number"),
    ]


def order_rows(found: Any) -> Iterator[exports.Row]:
    """`found` is a query of orders with their lines; read and let go by the hundred."""
    # Named now: what is sent as it is read may outlive the language of the request.
    places = {code: place.name for code, place in regions().items()}
    states = {state.value: str(state.label) for state in State}
    return (_order_row(order, places, states) for order in found.iterator(chunk_size=200))


def _order_row(order: Order, places: Mapping[str, str], states: Mapping[str, str]) -> exports.Row:
    return (
        order.number,
        order.code,
        order.placed_at,
        states[order.state],
        order.name,
        readable(order.phone),
        places.get(order.region_id, order.region_id),
        order.town,
        order.address,
        ", ".join(f"{line.quantity} × {line.name}" for line in order.lines.all()),
        Money(order.items_centimes),
        Money(order.shipping_centimes),
        Money(order.total_centimes),
        order.carrier,
        order.tracking,
    )


@require_safe
@at_desk
def products(request: HttpRequest, desk: Desk, form: str) -> HttpResponseBase:
    name = f"taawon-products-{localdate():%Y-%m-%d}"
    rows = product_rows(workspace.every_row(desk.id))
    return exports.answer(form, name, product_headings(), rows)


def product_headings() -> list[str]:
    return [
        _("Number"),
        _("Name (French)"),
        _("Name (Arabic)"),
        _("Category"),
        _("State"),
        _("Price (DH)"),
        _("Packs in stock"),
        _("Packs ordered"),
        pgettext("of a product", "Held"),
    ]


def product_rows(rows: Iterator[workspace.Row]) -> Iterator[exports.Row]:
    shelf = {line.id: line.name for line in categories()}
    states = {state: str(state.label) for state in ProductState}
    yes = _("yes")
    return (
        (
            row.number,
            row.names["name_fr"] or "",
            row.names["name_ar"] or "",
            shelf.get(row.category_id or 0, ""),
            states[row.state],
            Money(row.price_centimes),
            row.on_hand,
            row.reserved,
            yes if row.held else "",
        )
        for row in rows
    )
