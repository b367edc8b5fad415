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
from taawon.backoffice.menu import may_open
from taawon.backoffice.words import EVENTS
from taawon.cooperatives.events import InvitationMade
from taawon.cooperatives.invitations import what_was_checked
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
    """What events happen to: its name, its page, and the page of the menu that it belongs to."""

    label: str | Promise
    page: str
    menu: str
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
    "messaging.message": Kind(_("Message"), "messages", "messages", by_id=False),
    "orders.order": Kind(pgettext_lazy("a purchase", "Order"), "order", "orders"),
    "reviews.question": Kind(_("Question"), "moderation", "moderation", by_id=False),
    "reviews.review": Kind(_("Review"), "moderation", "moderation", by_id=False),
    "shipping.zone": Kind(_("Delivery zone"), "rates", "rates", by_id=False),
}


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    said: str | Promise
    at: datetime
    who: str
    channel: str | Promise
    on_behalf: int | None
    kind: str | Promise
    subject: str
    subject_id: str
    url: str
    facts: Sequence[tuple[str, str]]
    # What was checked before somebody was invited.
    note: str = ""


def sees_all(desk: Desk) -> bool:
    """The whole journal: administrators, and agents of the whole country."""
    return desk.administrates or (desk.is_agent and desk.region is None)


def lines(desk: Desk, entries: Sequence[Entry]) -> list[Line]:
    """The entries in words; one query for the names of those who acted, one for invitations."""
    names = _names(desk, {entry.person_id for entry in entries if entry.person_id})
    made = {entry.facts["invitation_id"] for entry in entries if entry.name == _WITH_A_NOTE}
    notes = what_was_checked(made) if made else {}
    return [_line(desk, entry, names, notes) for entry in entries]


def _names(desk: Desk, ids: set[int]) -> dict[int, str]:
    """Colleagues by their names; other people's are for administrators alone."""
    known = accounts.people() if desk.administrates else accounts.staff()
    return dict(known.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _line(desk: Desk, entry: Entry, names: Mapping[int, str], notes: Mapping[int, str]) -> Line:
    kind_code, _colon, subject_id = entry.subject.partition(":")
    kind = KINDS.get(kind_code)
    return Line(
        id=entry.pk,
        said=EVENTS.get(entry.name, entry.name),
        at=entry.happened_at,
        who=_who(entry, names),
        channel=CHANNELS.get(entry.channel, entry.channel),
        on_behalf=entry.for_cooperative,
        kind=kind.label if kind else kind_code,
        subject=entry.subject,
        subject_id=subject_id,
        url=_url(desk, kind, subject_id),
        facts=[(name, _fact(value)) for name, value in entry.facts.items() if name in _TOLD],
        note=notes.get(entry.facts["invitation_id"], "") if entry.name == _WITH_A_NOTE else "",
    )


_WITHOUT_GUESTS = (Channel.STAFF, Channel.SYSTEM)
_WITH_A_NOTE = InvitationMade.name
# The other facts are ids, which the links stand for.
_TOLD = ("was", "now", "role", "region", "fields", "label", "scopes", "stars", "until", "by_buyer")


def _fact(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "—" if value in (None, "") else str(value)


def _who(entry: Entry, names: Mapping[int, str]) -> str:
    if entry.person_id is not None:
        return names.get(entry.person_id) or gettext("Person %(id)d") % {"id": entry.person_id}
    if entry.api_key_id is not None:
        return gettext("Partner’s key %(id)d") % {"id": entry.api_key_id}
    return gettext("System") if entry.channel in _WITHOUT_GUESTS else gettext("Guest")


def _url(desk: Desk, kind: Kind | None, subject_id: str) -> str:
    if kind is None or not may_open(desk.person, kind.menu):
        return ""
    return reverse(f"backoffice:{kind.page}", args=[subject_id] if kind.by_id else [])
