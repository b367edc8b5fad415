"""What can be read of conversations. Every list on a screen starts here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from taawon.accounts import queries as people
from taawon.accounts import rules as team
from taawon.conversations.models import Dialogue, TaughtWord, Ticket, Unclear
from taawon.conversations.states import TicketState, WordState
from taawon.cooperatives.models import Membership
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.messaging import queries as messaging
from taawon.messaging.models import InboundText, Message


@dataclass(frozen=True, slots=True)
class SpeaksFor:
    """A cooperative that the owner of a phone speaks for."""

    person_name: str
    cooperative_id: int
    name: str
    region_code: str


@dataclass(frozen=True, slots=True)
class ThreadText:
    """A text of a conversation: what came in, or what went out."""

    at: datetime
    inbound: InboundText | None = None
    outbound: Message | None = None


def tickets(*, by: Actor, state: str = "", region: str | None = None) -> QuerySet[Ticket]:
    """Calls to answer, oldest first; settled ones the last first.

    An agent sees their region and strangers; `region` narrows it further, without strangers.
    """
    found = _tickets_for(by)
    if region:
        found = found.filter(cooperative__region_id=region)
    if state == TicketState.CLOSED:
        return found.filter(state=state).order_by("-closed_at", "-pk")
    found = found.filter(state=state) if state else found.exclude(state=TicketState.CLOSED)
    return found.order_by("opened_at", "pk")


def ticket(ticket_id: int, *, by: Actor) -> Ticket:
    """Raises NotFound."""
    found = _tickets_for(by).filter(pk=ticket_id).first()
    if found is None:
        raise NotFound
    return found


def tickets_waiting(region: str | None) -> QuerySet[Ticket]:
    """Calls that nobody has taken on; an agent's region and strangers, or all."""
    return _of_region(Ticket.objects.filter(state=TicketState.OPEN), region)


def dialogue_of(phone: str) -> Dialogue | None:
    return Dialogue.objects.filter(phone=phone).first()


def dialogues(*, by: Actor, region: str | None = None) -> QuerySet[Dialogue]:
    """Phones whose texts the actor may read, the latest that wrote first.

    An agent who is held to a region: those of members of its cooperatives.
    """
    person = people.by_id(by.person_id) if by.person_id else None
    if person is None or not team.is_agent(person):
        return Dialogue.objects.none()
    found = Dialogue.objects.order_by("-heard_at", "-pk")
    for code in {team.agent_region(person), region} - {None, ""}:
        members = Membership.objects.filter(
            cooperative__region_id=code, ended_at__isnull=True, person__phone__isnull=False
        )
        found = found.filter(phone__in=members.values("person__phone"))
    return found


def dialogue(dialogue_id: int, *, by: Actor) -> Dialogue:
    """Raises NotFound, also for what the actor may not read."""
    found = dialogues(by=by).filter(pk=dialogue_id).first()
    if found is None:
        raise NotFound
    return found


def speak_for(phones: Iterable[str]) -> dict[str, list[SpeaksFor]]:
    """Whom the owners of phones speak for, {phone: […]}; one query."""
    found = Membership.objects.filter(person__phone__in=list(phones), ended_at__isnull=True)
    spoken: dict[str, list[SpeaksFor]] = {}
    for one in found.select_related("cooperative", "person").order_by("pk"):
        spoken.setdefault(one.person.phone or "", []).append(
            SpeaksFor(
                person_name=one.person.name,
                cooperative_id=one.cooperative_id,
                name=said_by(one.cooperative, "name"),
                region_code=one.cooperative.region_id,
            )
        )
    return spoken


def thread(
    phone: str, *, before: datetime | None = None, most: int = 50
) -> tuple[list[ThreadText], bool]:
    """The last texts to and from a phone (E.164) in the order of time, and whether there are
    earlier ones; two queries."""
    came, went = messaging.inbound_of(phone), messaging.of_phone(phone)
    if before is not None:
        came, went = came.filter(received_at__lt=before), went.filter(queued_at__lt=before)
    texts = [ThreadText(row.received_at, inbound=row) for row in came[: most + 1]]
    texts += [ThreadText(row.queued_at, outbound=row) for row in went[: most + 1]]
    # An answer that was written in the same instant stands below its question.
    texts.sort(key=lambda one: (one.at, one.outbound is not None))
    return texts[-most:], len(texts) > most


def answered(inbound_ids: Iterable[int]) -> set[int]:
    """Those of these texts to which an answer was written; one query."""
    keys = {f"sms.inbound:{pk}:reply": pk for pk in inbound_ids}
    found = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in found}


def unclear() -> QuerySet[Unclear]:
    """Texts to learn from, newest first."""
    return Unclear.objects.filter(settled_at__isnull=True).order_by("-pk")


def unclear_text(unclear_id: int) -> Unclear:
    """Raises NotFound."""
    found = Unclear.objects.filter(pk=unclear_id).first()
    if found is None:
        raise NotFound
    return found


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


def _tickets_for(by: Actor) -> QuerySet[Ticket]:
    person = people.by_id(by.person_id) if by.person_id else None
    if person is None or not team.is_agent(person):
        return Ticket.objects.none()
    found = Ticket.objects.select_related("cooperative", "person", "taken_by")
    return _of_region(found, team.agent_region(person))


def _of_region(found: QuerySet[Ticket], region: str | None) -> QuerySet[Ticket]:
    if not region:
        return found
    return found.filter(cooperative__region_id=region) | found.filter(cooperative=None)
