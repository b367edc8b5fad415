"""Where a talk by text stands. Whoever answers holds the row, so that two texts wait in line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from taawon.conversations import queries
from taawon.conversations.events import ConversationRead
from taawon.conversations.models import Dialogue, Ticket
from taawon.core.actor import Actor
from taawon.core.locks import lock
from taawon.core.phone import normalise
from taawon.journal.record import record
from taawon.messaging import queries as messaging

QUESTION_LIVES = timedelta(hours=24)
CODE_LIVES = timedelta(minutes=10)
UNDO_LIVES = timedelta(minutes=10)
# Whom somebody with two cooperatives means is asked again after a silence.
CHOICE_LIVES = timedelta(minutes=30)


def hold(phone: str) -> Dialogue:
    """The talk with a phone (E.164), locked until the caller's transaction ends."""
    try:
        return lock(Dialogue, phone=phone)
    except Dialogue.DoesNotExist:
        Dialogue.objects.bulk_create([Dialogue(phone=phone)], ignore_conflicts=True)
        return lock(Dialogue, phone=phone)


def pending(dialogue: Dialogue) -> dict[str, Any] | None:
    """What was asked and not answered yet."""
    return _alive(dialogue.question, dialogue.question_until)


def awaited(dialogue: Dialogue) -> dict[str, Any] | None:
    """The risky command that waits for its code."""
    return _alive(dialogue.awaited, dialogue.awaited_until)


def undoable(dialogue: Dialogue) -> dict[str, Any] | None:
    """What can still be taken back."""
    return _alive(dialogue.undo, dialogue.undo_until)


def ask(dialogue: Dialogue, question: Mapping[str, Any] | None) -> None:
    """Remember what was asked, for a day; None forgets it."""
    dialogue.question = dict(question) if question else None
    dialogue.question_until = timezone.now() + QUESTION_LIVES if question else None


def await_code(dialogue: Dialogue, command: Mapping[str, Any] | None) -> None:
    """Remember what the code is for; None forgets it."""
    dialogue.awaited = dict(command) if command else None
    dialogue.awaited_until = timezone.now() + CODE_LIVES if command else None


def can_be_undone(dialogue: Dialogue, command: Mapping[str, Any] | None) -> None:
    dialogue.undo = dict(command) if command else None
    dialogue.undo_until = timezone.now() + UNDO_LIVES if command else None


def chosen(dialogue: Dialogue) -> int | None:
    """The cooperative that this talk is about, while it lasts."""
    until = dialogue.cooperative_until
    return dialogue.cooperative_id if until and until > timezone.now() else None


def choose(dialogue: Dialogue, cooperative_id: int) -> None:
    dialogue.cooperative_id = cooperative_id
    dialogue.cooperative_until = timezone.now() + CHOICE_LIVES


@transaction.atomic
def read(dialogue_id: int, *, by: Actor) -> Dialogue:
    """Each look of the national team at somebody's texts is on record. Raises NotFound."""
    dialogue = queries.dialogue(dialogue_id, by=by)
    record(ConversationRead(dialogue_id=dialogue.pk), by=by)
    return dialogue


@transaction.atomic
def read_of(phone: str, *, by: Actor) -> Dialogue | None:
    """The same by a number as people write it; None where there is nothing that `by` may read.

    A phone that was written to and never wrote counts, too. Raises InvalidPhone.
    """
    number = normalise(phone)
    if queries.dialogue_of(number) is None:
        last = messaging.of_phone(number).first()
        if last is None:
            return None
        row = Dialogue(phone=number, heard_at=last.queued_at)
        Dialogue.objects.bulk_create([row], ignore_conflicts=True)
    found = queries.dialogues(by=by).filter(phone=number).first()
    if found is not None:
        record(ConversationRead(dialogue_id=found.pk), by=by)
    return found


@transaction.atomic
def forget(phone: str) -> None:
    """Take away what is known of the talk with a phone."""
    Dialogue.objects.filter(phone=phone).delete()
    Ticket.objects.filter(phone=phone).update(phone="", words="", person=None)


def _alive(value: dict[str, Any] | None, until: Any) -> dict[str, Any] | None:
    return value if value and until and until > timezone.now() else None
