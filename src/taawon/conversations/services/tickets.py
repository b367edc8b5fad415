"""Somebody asks for a person: opened by text, taken and closed at the desk."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from taawon.conversations import rules
from taawon.conversations.errors import TakenByColleague
from taawon.conversations.events import TicketClosed, TicketGivenBack, TicketOpened, TicketTaken
from taawon.conversations.models import Ticket
from taawon.conversations.states import TicketState
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock_or_not_found
from taawon.core.text import clean, without_accounts
from taawon.journal.record import record


@transaction.atomic
def open_ticket(
    phone: str, words: str, *, cooperative_id: int | None, by: Actor
) -> tuple[Ticket, bool]:
    """The open request of this phone (E.164), and whether it is new: asking twice is one call."""
    kept = without_accounts(clean(words))[:300]
    ticket, new = Ticket.objects.exclude(state=TicketState.CLOSED).get_or_create(
        phone=phone,
        defaults={"words": kept, "cooperative_id": cooperative_id, "person_id": by.person_id},
    )
    if new:
        record(TicketOpened(ticket_id=ticket.pk), by=by)
    elif kept and kept not in ticket.words:
        ticket.words = f"{ticket.words} · {kept}".strip(" ·")[:300]
        ticket.save(update_fields=["words"])
    return ticket, new


@transaction.atomic
def take(ticket_id: int, *, by: Actor) -> Ticket:
    """Taken twice by the same person is once.

    Raises NotFound, TakenByColleague, WrongTicketState.
    """
    ticket = _locked(ticket_id, by)
    if ticket.state == TicketState.TAKEN:
        _insist_on_own(ticket, by)
        return ticket
    ticket.become(TicketState.TAKEN)
    ticket.taken_by_id = by.person_id
    ticket.save(update_fields=["state", "taken_by"])
    record(TicketTaken(ticket_id=ticket.pk), by=by)
    return ticket


@transaction.atomic
def give_back(ticket_id: int, *, by: Actor) -> Ticket:
    """For others to take on; also by a colleague, since somebody may be ill.

    Raises NotFound, WrongTicketState.
    """
    ticket = _locked(ticket_id, by)
    ticket.become(TicketState.OPEN)
    ticket.taken_by_id = None
    ticket.save(update_fields=["state", "taken_by"])
    record(TicketGivenBack(ticket_id=ticket.pk), by=by)
    return ticket


@transaction.atomic
def close(ticket_id: int, outcome: str, *, by: Actor) -> Ticket:
    """What came of the call, in a line.

    Raises NotFound, TakenByColleague, WrongTicketState, Missing, TooLong.
    """
    ticket = _locked(ticket_id, by)
    if ticket.state == TicketState.TAKEN:
        _insist_on_own(ticket, by)
    ticket.outcome = written.line(outcome, field="outcome", most=300)
    ticket.become(TicketState.CLOSED)
    ticket.closed_at = timezone.now()
    ticket.save(update_fields=["state", "outcome", "closed_at"])
    record(TicketClosed(ticket_id=ticket.pk), by=by)
    return ticket


def _insist_on_own(ticket: Ticket, by: Actor) -> None:
    if ticket.taken_by is not None and ticket.taken_by_id != by.person_id:
        raise TakenByColleague(name=ticket.taken_by.name or "—")


def _locked(ticket_id: int, by: Actor) -> Ticket:
    ticket = lock_or_not_found(Ticket, pk=ticket_id)
    if not rules.may_help(by, ticket):
        raise NotFound
    return ticket
