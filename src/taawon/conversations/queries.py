"""What can be read of conversations. Every list on a screen starts here."""

from __future__ import annotations

from django.db.models import QuerySet

from taawon.accounts import queries as people
from taawon.accounts import rules as team
from taawon.conversations.models import Dialogue, TaughtWord, Ticket, Unclear
from taawon.conversations.states import TicketState, WordState
from taawon.core.actor import Actor


def tickets(*, by: Actor, state: str = "") -> QuerySet[Ticket]:
    """Calls to answer, oldest first; an agent sees their region and strangers."""
    person = people.by_id(by.person_id) if by.person_id else None
    if person is None or not team.is_agent(person):
        return Ticket.objects.none()
    found = Ticket.objects.select_related("cooperative", "person", "taken_by")
    if region := team.agent_region(person):
        found = found.filter(cooperative__region_id=region) | found.filter(cooperative=None)
    found = found.filter(state=state) if state else found.exclude(state=TicketState.CLOSED)
    return found.order_by("opened_at", "pk")


def dialogue_of(phone: str) -> Dialogue | None:
    return Dialogue.objects.filter(phone=phone).first()


def latest_dialogues() -> QuerySet[Dialogue]:
    """Phones that wrote, the latest first."""
    return Dialogue.objects.order_by("-heard_at", "-pk")


def unclear() -> QuerySet[Unclear]:
    """Texts to learn from, newest first."""
    return Unclear.objects.filter(settled_at__isnull=True).order_by("-pk")


def words_to_review() -> QuerySet[TaughtWord]:
    proposed = TaughtWord.objects.filter(state=WordState.PROPOSED)
    return proposed.select_related("proposed_by", "unclear").order_by("pk")


def decided_words() -> QuerySet[TaughtWord]:
    decided = TaughtWord.objects.exclude(state=WordState.PROPOSED)
    return decided.select_related("proposed_by", "decided_by").order_by("-decided_at", "-pk")


def taught() -> list[tuple[str, str, str]]:
    """(word, intent, voice) of every approved word, for the parser."""
    approved = TaughtWord.objects.filter(state=WordState.APPROVED).order_by("pk")
    return list(approved.values_list("word", "intent", "voice"))
