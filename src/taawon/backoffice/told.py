"""The journal in words: a sentence for each event, and a way to what it happened to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from taawon.accounts import queries as accounts
from taawon.backoffice.desk import Desk
from taawon.backoffice.facts import told
from taawon.backoffice.menu import may_open
from taawon.backoffice.words import EVENTS
from taawon.cooperatives.events import InvitationMade
from taawon.cooperatives.invitations import what_was_checked
from taawon.cooperatives.queries import directory_rows
from taawon.core.actor import Channel
from taawon.journal.models import Entry

CHANNELS: Mapping[str, str | Promise] = {
    Channel.WEB: _("Website"),
    Channel.API: _("API"),
    Channel.SMS: _("Text message"),
    Channel.STAFF: _("National team’s desk"),
    Channel.SYSTEM: _("System"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What events happen to: its name, its page, and the page of the menu that it belongs to;
    without a page where nobody at the desk looks at one."""

    label: str | Promise
    page: str = ""
    menu: str = ""
    by_id: bool = True


KINDS: Mapping[str, Kind] = {
    "accounts.person": Kind(_("Person"), "person", "people"),
    "accounts.apikey": Kind(_("Partner’s key"), "keys", "keys", by_id=False),
    "campaigns.campaign": Kind(_("Campaign"), "campaign", "campaigns"),
    "catalogue.category": Kind(_("Category"), "category", "categories"),
    "catalogue.label": Kind(_("Label"), "label", "labels"),
    "catalogue.product": Kind(_("Product"), "product", "products"),
    "catalogue.selection": Kind(_("Selection"), "selections", "selections", by_id=False),
    "cooperatives.claim": Kind(_("Request"), "claim", "claims"),
    "cooperatives.cooperative": Kind(_("Cooperative"), "cooperative", "cooperatives"),
    "cooperatives.importbatch": Kind(_("Register file"), "register-file", "register-files"),
    "conversations.dialogue": Kind(_("Conversation"), "conversation", "conversations"),
    "conversations.ticket": Kind(_("Call-back"), "ticket", "tickets"),
    "conversations.word": Kind(_("Word"), "vocabulary", "vocabulary", by_id=False),
    "demo.world": Kind(_("Demonstration")),
    "messaging.message": Kind(_("Message"), "messages", "messages", by_id=False),
    "observatory.download": Kind(_("File of the register to take along")),
    "observatory.snapshot": Kind(_("Figures of a month")),
    "orders.order": Kind(pgettext_lazy("a purchase", "Order"), "order", "orders"),
    "reviews.question": Kind(_("Question"), "moderation", "moderation", by_id=False),
    "reviews.review": Kind(_("Review"), "moderation", "moderation", by_id=False),
    "search.saved": Kind(_("Kept search")),
    "shipping.zone": Kind(_("Delivery zone"), "rates", "rates", by_id=False),
}


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    said: str | Promise
    at: datetime
    who: str
    channel: str | Promise
    on_behalf: str
    kind: str | Promise
    subject: str
    subject_id: str
    # Of the cooperative that it is about.
    cooperative: str
    url: str
    # What each is called, and its value.
    facts: Sequence[tuple[str, str]]
    # What was checked before somebody was invited.
    note: str = ""
    # The other entry of a merge, or of two that were told apart: (its number, its name).
    other: tuple[int, str] | None = None


def sees_all(desk: Desk) -> bool:
    """The whole journal: administrators, and agents of the whole country."""
    return desk.administrates or (desk.is_agent and desk.region is None)


def lines(desk: Desk, entries: Sequence[Entry]) -> list[Line]:
    """The entries in words; one query for the names of those who acted, one for those of
    cooperatives, one for invitations."""
    made = {entry.facts["invitation_id"] for entry in entries if entry.name == _WITH_A_NOTE}
    known = _Known(
        people=names_of(desk, {entry.person_id for entry in entries if entry.person_id}),
        cooperatives=_cooperatives(entries),
        notes=what_was_checked(made) if made else {},
    )
    return [_line(desk, entry, known) for entry in entries]


@dataclass(frozen=True, slots=True)
class _Known:
    """What lines are told with, by id."""

    people: Mapping[int, str]
    cooperatives: Mapping[int, str]
    notes: Mapping[int, str]


def _cooperatives(entries: Sequence[Entry]) -> dict[int, str]:
    ids = {entry.facts.get("cooperative_id") for entry in entries}
    ids |= {entry.for_cooperative for entry in entries}
    ids |= {_other(entry) or None for entry in entries}
    return {row.id: row.name for row in directory_rows(sorted(ids - {None}))}


def names_of(desk: Desk, ids: set[int]) -> dict[int, str]:
    """Colleagues by their names; other people's are for administrators alone."""
    known = accounts.people() if desk.administrates else accounts.staff()
    return dict(known.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _other(entry: Entry) -> int:
    """0 for none."""
    return int(entry.facts.get("gone_id") or entry.facts.get("second_id") or 0)


def _line(desk: Desk, entry: Entry, known: _Known) -> Line:
    kind_code, _colon, subject_id = entry.subject.partition(":")
    kind = KINDS.get(kind_code)
    behalf, other = entry.for_cooperative, _other(entry)
    return Line(
        id=entry.pk,
        said=EVENTS.get(entry.name, entry.name),
        at=entry.happened_at,
        who=_who(entry, known.people),
        channel=CHANNELS.get(entry.channel, entry.channel),
        on_behalf=known.cooperatives.get(behalf, str(behalf)) if behalf else "",
        kind=kind.label if kind else kind_code,
        subject=entry.subject,
        subject_id=subject_id,
        cooperative=known.cooperatives.get(entry.facts.get("cooperative_id", 0), ""),
        url=_url(desk, kind, subject_id),
        facts=told(entry.name, entry.facts),
        note=known.notes.get(entry.facts["invitation_id"], "")
        if entry.name == _WITH_A_NOTE
        else "",
        other=(other, known.cooperatives[other]) if other in known.cooperatives else None,
    )


_WITHOUT_GUESTS = (Channel.STAFF, Channel.SYSTEM)
_WITH_A_NOTE = InvitationMade.name


def _who(entry: Entry, names: Mapping[int, str]) -> str:
    if entry.person_id is not None:
        return names.get(entry.person_id) or gettext("Person %(id)d") % {"id": entry.person_id}
    if entry.api_key_id is not None:
        return gettext("Partner’s key %(id)d") % {"id": entry.api_key_id}
    return gettext("System") if entry.channel in _WITHOUT_GUESTS else gettext("Guest")


def _url(desk: Desk, kind: Kind | None, subject_id: str) -> str:
    if kind is None or not kind.page or not may_open(desk.person, kind.menu):
        return ""
    return reverse(f"backoffice:{kind.page}", args=[subject_id] if kind.by_id else [])
