"""One text and its answer, in one transaction: a crash leaves nothing of it, or all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taawon.accounts import queries as people
from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues
from taawon.messaging import inbox
from taawon.messaging import services as messaging
from taawon.messaging.inbox import State
from taawon.messaging.models import InboundText, Lane

# In an hour; more comes from a machine, or from somebody who means ill.
MOST_OF_A_STRANGER, MOST_OF_A_MEMBER = 30, 200
# The same answer to the same number again and again: two machines are talking.
MOST_REPEATED = 3
REPEATED_WITHIN = timedelta(minutes=10)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an answer ("" for none), and their language."""

    words: str
    language: str = "fr"


Answerer = Callable[[Dialogue, str, str, int], Said]


@transaction.atomic
def answer(inbound_id: int, answerer: Answerer) -> None:
    """Let `answerer` (dialogue, phone, text, inbound id) answer a stored text, once.

    What it does and its answer are committed together, with the text settled.
    """
    row = inbox.hold(inbound_id)
    if row is None:
        return
    dialogue = dialogues.hold(row.sender)
    if _too_many(row) or _digest(row.text) == dialogue.last_reply:  # a robot sends ours back
        inbox.settle(row, State.IGNORED)
        return
    said = answerer(dialogue, row.sender, row.text, row.pk)
    if said.words and not _goes_in_circles(dialogue, said.words):
        messaging.queue(
            row.sender,
            said.words,
            key=f"sms.inbound:{row.pk}:reply",
            lane=Lane.REPLY,
            language=said.language,
        )
    dialogue.heard_at = timezone.now()
    dialogue.save()
    inbox.settle(row)


def attempt(run: Callable[[], T]) -> T:
    """Run a command so that its refusal takes back what it began, and nothing else."""
    with transaction.atomic():
        return run()


def rehearse(phone: str, text: str, answerer: Answerer) -> Said:
    """What would be answered; nothing is changed."""
    with transaction.atomic():
        said = answerer(dialogues.hold(phone), phone, text, 0)
        transaction.set_rollback(True)
    return said


def _too_many(row: InboundText) -> bool:
    if not settings.RATE_LIMIT:
        return False
    known = people.by_phone(row.sender) is not None
    return inbox.lately(row.sender) > (MOST_OF_A_MEMBER if known else MOST_OF_A_STRANGER)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _goes_in_circles(dialogue: Dialogue, words: str) -> bool:
    digest = _digest(words)
    since = timezone.now() - REPEATED_WITHIN
    same = digest == dialogue.last_reply and dialogue.heard_at > since
    dialogue.last_reply = digest
    dialogue.repeated = dialogue.repeated + 1 if same else 0
    return dialogue.repeated >= MOST_REPEATED
