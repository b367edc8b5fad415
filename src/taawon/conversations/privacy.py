"""What a person may take along of their talks by text, and what is left when they are erased."""

from __future__ import annotations

from typing import Any

from taawon.accounts import queries as people
from taawon.accounts.privacy import erasers, exporters
from taawon.conversations.models import Ticket
from taawon.conversations.services import dialogues


def export(person_id: int) -> list[dict[str, Any]]:
    tickets = Ticket.objects.filter(person_id=person_id).order_by("pk")
    return [
        {
            "words": ticket.words,
            "state": ticket.state,
            "opened_at": ticket.opened_at.isoformat(),
            "outcome": ticket.outcome,
        }
        for ticket in tickets
    ]


def erase(person_id: int) -> None:
    """Runs while the person still has a phone."""
    person = people.by_id(person_id)
    if person is not None and person.phone:
        dialogues.forget(person.phone)


exporters["calls"] = export
erasers["conversations"] = erase
