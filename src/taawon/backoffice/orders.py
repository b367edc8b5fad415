"""Orders that need attention, and any order by code; who reads the customer's data is on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import files, told
from taawon.backoffice.desk import Desk, at_desk, page_of, place, region_choices, show
from taawon.core.languages import said_by
from taawon.core.money import Money
from taawon.core.phone import readable
from taawon.core.text import clean
from taawon.journal import queries as journal
from taawon.orders import queries
from taawon.orders.models import Order
from taawon.orders.services import looking
from taawon.orders.states import State
from taawon.web.exports import Row

REASONS: dict[str, str | Promise] = {
    State.PLACED: gettext_lazy("Not accepted after 24 hours"),
    State.ACCEPTED: gettext_lazy("Not shipped after 4 days"),
    State.PREPARED: gettext_lazy("Not shipped after 4 days"),
    State.NOT_COLLECTED: gettext_lazy("Not collected"),
}
WHO: dict[str, str | Promise] = {
    "buyer": gettext_lazy("Customer"),
    "cooperative": gettext_lazy("Cooperative"),
    "team": gettext_lazy("National team"),
    "system": gettext_lazy("System"),
}


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    region = desk.where(request)
    found = queries.needing_attention(region)
    if files.wanted(request):
        return files.answer(request, "orders", headings(), file_rows(found))
    count = found.count()
    page = page_of(request, found, count)
    return show(
        request,
        desk,
        "orders",
        "orders",
        page=page,
        count=count,
        code="",
        region=region,
        regions=region_choices(desk),
        rows=[
            {
                "order": order,
                "coop": said_by(order.cooperative, "name"),
                "phone": order.cooperative.phone,
                "place": place(order.cooperative.region_id),
                "reason": REASONS[order.state],
                "age": age(order),
            }
            for order in page
        ],
    )


def age(order: Order) -> str:
    """How long nothing has happened: hours for two days, then days."""
    hours = int((timezone.now() - order.changed_at).total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def headings() -> list[str]:
    return [
        _("Code"),
        _("Reason"),
        _("State"),
        _("Since"),
        _("Cooperative"),
        _("Phone"),
        _("Region"),
        _("Total (DH)"),
    ]


def file_rows(found: Any) -> Iterator[Row]:
    """Nothing of the customers: what is needed to call the cooperatives."""
    reasons = {state: str(reason) for state, reason in REASONS.items()}
    states = {state.value: str(state.label) for state in State}
    return (
        (
            order.code,
            reasons[order.state],
            states[order.state],
            order.changed_at,
            said_by(order.cooperative, "name", "fr"),
            readable(order.cooperative.phone),
            place(order.cooperative.region_id),
            Money(order.total_centimes),
        )
        for order in found.iterator(chunk_size=200)
    )


@require_safe
@at_desk(team.is_agent)
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    code = clean(request.GET.get("code", ""))[:20]
    found = queries.region_of_code(code) if code else None
    if found is None or not desk.looks_after(found[1]):
        messages.warning(request, _("There is no order with this code."))
        return redirect("backoffice:orders")
    return redirect("backoffice:order", found[0])


@require_safe
@at_desk(team.is_agent)
def order(request: HttpRequest, desk: Desk, order: int) -> HttpResponse:
    if request.GET.get("show") == "journal":
        return _journal(request, desk, order)
    return _page(request, desk, queries.for_team(order), open_data=False)


@require_POST
@at_desk(team.is_agent)
def look(request: HttpRequest, desk: Desk, order: int) -> HttpResponse:
    """The same page with the customer's name, phone and address: that is on record."""
    return _page(request, desk, looking.look(order, by=desk.actor), open_data=True)


def _page(request: HttpRequest, desk: Desk, found: Order, *, open_data: bool) -> HttpResponse:
    desk.insist(found.cooperative.region_id)
    return show(
        request,
        desk,
        "order",
        "orders",
        order=found,
        coop=found.cooperative,
        coop_name=said_by(found.cooperative, "name"),
        region_name=place(found.region_id),
        open_data=open_data,
        in_journal=False,
        lines=[],
        steps=[
            {"label": step.get_state_display(), "at": step.at, "note": step.note}
            | {"by": WHO.get(step.by, step.by), "state": "done"}
            for step in found.steps.all()
        ],
    )


def _journal(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    found = of_desk(desk, order_id)
    entries = list(journal.of_subject(f"orders.order:{order_id}")[:50])
    return show(
        request,
        desk,
        "order",
        "orders",
        order=found,
        coop=found.cooperative,
        coop_name=said_by(found.cooperative, "name"),
        region_name=place(found.region_id),
        open_data=False,
        in_journal=True,
        lines=told.lines(desk, entries),
        steps=[],
    )


def of_desk(desk: Desk, order_id: int) -> Order:
    """The order, for whoever looks after its cooperative. Raises NotFound."""
    found = queries.bare_for_team(order_id)
    desk.insist(found.cooperative.region_id)
    return found
