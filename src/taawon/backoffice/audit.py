"""The audit trail: what happened to what, by whom, by which channel, on which days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawon.accounts import rules as team
from taawon.backoffice import coops, files, orders, products, told
from taawon.backoffice.desk import PER_PAGE, Desk, at_desk, show
from taawon.backoffice.forms import AuditForm
from taawon.backoffice.words import EVENTS
from taawon.campaigns import queries as campaigns
from taawon.conversations import queries as conversations
from taawon.cooperatives.queries import claim as claim_of
from taawon.core.errors import NotFound
from taawon.journal import queries

# Without a thing or a person, the last days: so much of the journal is looked through at most.
LOOKS_BACK = timedelta(days=30)
MOST_IN_FILE = 10_000
# What editors look after.
_CONTENT = ("catalogue.", "shipping.", "reviews.")


@require_safe
@at_desk(team.may_read_audit)
def audit(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    asked = _asked(request, desk)
    found = queries.search(**asked)
    if files.wanted(request):
        return files.answer(request, "audit", headings(), _file_rows(desk, found[:MOST_IN_FILE]))
    entries = list(found[: PER_PAGE + 1])
    shown = entries[:PER_PAGE]
    return show(
        request,
        desk,
        "audit",
        "audit",
        lines=told.lines(desk, shown),
        asked=asked,
        older=shown[-1].pk if len(entries) > PER_PAGE else None,
        channels=told.CHANNELS.items(),
        events=sorted(((name, str(said)) for name, said in EVENTS.items()), key=lambda one: one[1]),
        only_own=not told.sees_all(desk) and not asked["subject"],
    )


def _asked(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """The filters that can be read; what a region's agent or an editor may not see is not found."""
    form = AuditForm(request.GET)
    form.is_valid()
    read = form.cleaned_data
    asked: dict[str, Any] = {
        "subject": read.get("subject") or "",
        "person_id": read.get("person"),
        "channel": read.get("channel") if read.get("channel") in told.CHANNELS else "",
        "name": read.get("name") if read.get("name") in EVENTS else "",
        "since": read.get("since"),
        "until": read.get("until"),
        "before": read.get("before"),
    }
    if not told.sees_all(desk):
        if asked["subject"]:
            _insist(desk, asked["subject"])
        else:
            asked["person_id"] = desk.person.pk
    if not asked["subject"] and asked["person_id"] is None:
        asked["since"] = _since(asked)
    return asked


def _since(asked: dict[str, Any]) -> date:
    """The day from which it is looked through: at most so many before the last one."""
    last: date = min(asked["until"] or timezone.localdate(), timezone.localdate())
    earliest = last - LOOKS_BACK
    return max(asked["since"], earliest) if asked["since"] else earliest


def _insist(desk: Desk, subject: str) -> None:
    """Raises NotFound for what this member of the team does not look after."""
    kind, _colon, number = subject.partition(":")
    if desk.edits and kind.startswith(_CONTENT):
        return
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise NotFound
    looks: dict[str, Callable[[int], Any]] = {
        "campaigns.campaign": lambda pk: campaigns.campaign(pk, by=desk.actor),
    }
    if desk.is_agent:
        looks |= _looks_of_agents(desk)
    if kind not in looks:
        raise NotFound
    looks[kind](int(number))


def _looks_of_agents(desk: Desk) -> dict[str, Callable[[int], Any]]:
    return {
        "cooperatives.cooperative": lambda pk: coops.of_desk(desk, pk),
        "cooperatives.claim": lambda pk: claim_of(pk, by=desk.actor),
        "catalogue.product": lambda pk: products.of_desk(desk, pk),
        "orders.order": lambda pk: orders.of_desk(desk, pk),
        "conversations.dialogue": lambda pk: conversations.dialogue(pk, by=desk.actor),
        "conversations.ticket": lambda pk: conversations.ticket(pk, by=desk.actor),
    }


def headings() -> list[str]:
    return [_("Moment"), _("What"), _("Subject"), _("Who"), _("Channel"), _("On behalf of")]


def _file_rows(desk: Desk, found: Any) -> Any:
    lines = told.lines(desk, list(found))
    return (
        (
            f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}",
            str(line.said),
            line.subject,
            line.who,
            str(line.channel),
            line.on_behalf or None,
        )
        for line in lines
    )
