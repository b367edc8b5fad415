"""Who asked to be called back: taken on, given back, settled with what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import files
from taawon.backoffice.desk import Desk, at_desk, done, page_of, place, region_choices, sent, show
from taawon.backoffice.texting import OutcomeForm, since
from taawon.conversations import queries
from taawon.conversations.models import Ticket
from taawon.conversations.services import tickets
from taawon.conversations.states import TicketState
from taawon.core.languages import said_by
from taawon.core.phone import masked
from taawon.web.exports import Row
from taawon.web.forms import with_refusal


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    state = request.GET.get("state", "")
    state = state if state in TicketState.values else ""
    # An agent's own region comes with strangers, who belong to nobody.
    region = None if desk.region else desk.where(request)
    found = queries.tickets(by=desk.actor, state=state, region=region)
    if files.wanted(request):
        return files.answer(request, "calls", headings(), file_rows(found))
    page = page_of(request, found)
    return show(
        request,
        desk,
        "tickets",
        "tickets",
        page=page,
        count=page.paginator.count,
        state=state,
        states=TicketState.choices,
        region=region,
        regions=region_choices(desk),
        rows=[_shown(desk, one) for one in page],
    )


def _shown(desk: Desk, one: Ticket) -> dict[str, Any]:
    """The number is shown to whoever took the call on."""
    coop = one.cooperative
    own = one.state == TicketState.TAKEN and one.taken_by_id == desk.person.pk
    return {
        "ticket": one,
        "coop": coop,
        "coop_name": said_by(coop, "name") if coop else "",
        "place": place(coop.region_id) if coop else "",
        "phone": one.phone if own else "",
        "masked": masked(one.phone) if one.phone else "—",
        "own": own,
        "is_open": one.state == TicketState.OPEN,
        "taken_by": one.taken_by.name or "—" if one.taken_by else "",
        "waits": since(one.opened_at) if one.state != TicketState.CLOSED else "",
    }


def headings() -> list[str]:
    return [_("Number"), _("State"), _("Asked"), _("Cooperative"), _("Text"), _("What came of it")]


def file_rows(found: Any) -> Iterator[Row]:
    """Without the numbers."""
    states = {state.value: str(state.label) for state in TicketState}
    return (
        (
            one.pk,
            states[one.state],
            one.opened_at,
            said_by(one.cooperative, "name", "fr") if one.cooperative else "",
            one.words,
            one.outcome,
        )
        for one in found.iterator(chunk_size=200)
    )


@require_safe
@at_desk(team.is_agent)
def ticket(request: HttpRequest, desk: Desk, ticket: int) -> HttpResponse:
    return _page(request, desk, ticket, OutcomeForm())


def _page(request: HttpRequest, desk: Desk, ticket_id: int, form: OutcomeForm) -> HttpResponse:
    found = queries.ticket(ticket_id, by=desk.actor)
    talk = queries.dialogues(by=desk.actor).filter(phone=found.phone).first()
    return show(
        request,
        desk,
        "ticket",
        "tickets",
        status=422 if form.errors else 200,
        form=form,
        talk=talk,
        **_shown(desk, found),
    )


@require_POST
@at_desk(team.is_agent)
def take(request: HttpRequest, desk: Desk, ticket: int) -> HttpResponse:
    done(
        request,
        lambda: tickets.take(ticket, by=desk.actor),
        _("The call is yours. Here is the number."),
    )
    return redirect("backoffice:ticket", ticket)


@require_POST
@at_desk(team.is_agent)
def give_back(request: HttpRequest, desk: Desk, ticket: int) -> HttpResponse:
    done(
        request,
        lambda: tickets.give_back(ticket, by=desk.actor),
        _("Colleagues can take the call on again."),
    )
    return redirect("backoffice:ticket", ticket)


@require_POST
@at_desk(team.is_agent)
def settle(request: HttpRequest, desk: Desk, ticket: int) -> HttpResponse:
    form = OutcomeForm(sent(request))
    settled = form.is_valid() and with_refusal(
        form, lambda: tickets.close(ticket, form.cleaned_data["outcome"], by=desk.actor)
    )
    if not settled:
        return _page(request, desk, ticket, form)
    messages.success(request, _("The call is settled."))
    return redirect("backoffice:tickets")
