"""Words that people use and the lexicon lacks: proposed by one person, approved by another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from taawon.conversations import rules
from taawon.conversations.errors import OwnProposal, WordDecided, WordTaken
from taawon.conversations.events import (
    WordApproved,
    WordProposed,
    WordRefused,
    WordWithdrawn,
)
from taawon.conversations.models import TaughtWord, Unclear
from taawon.conversations.states import WordState
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock_or_not_found
from taawon.core.text import without_accounts
from taawon.journal.record import record

KEPT_UNCLEAR = 480


def note_unclear(inbound_id: int, text: str, voice: str) -> None:
    """Keep a text that was not understood; a second telling changes nothing."""
    kept = without_accounts(text)[:KEPT_UNCLEAR]
    row = Unclear(inbound_id=inbound_id, text=kept, voice=voice)
    Unclear.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def propose(
    word: str, intent: str, voice: str, *, unclear_id: int | None = None, by: Actor
) -> TaughtWord:
    """`word` as the parser folds it, in one piece. Raises NotFound, Missing, TooLong, WordTaken."""
    _insist(by)
    kept = written.line(word, field="word", most=40)
    if TaughtWord.objects.filter(word=kept).exclude(state=WordState.REFUSED).exists():
        raise WordTaken
    taught = TaughtWord.objects.create(
        word=kept, intent=intent, voice=voice, unclear_id=unclear_id, proposed_by_id=by.person_id
    )
    _settle(unclear_id)
    record(WordProposed(word_id=taught.pk), by=by)
    return taught


@transaction.atomic
def approve(word_id: int, *, by: Actor) -> TaughtWord:
    """From now on it counts. Raises NotFound, OwnProposal, WordDecided."""
    word = _decide(word_id, WordState.APPROVED, by)
    record(WordApproved(word_id=word.pk), by=by)
    return word


@transaction.atomic
def refuse(word_id: int, *, by: Actor) -> TaughtWord:
    """Raises NotFound, OwnProposal, WordDecided."""
    word = _decide(word_id, WordState.REFUSED, by)
    record(WordRefused(word_id=word.pk), by=by)
    return word


@transaction.atomic
def withdraw(word_id: int, *, by: Actor) -> TaughtWord:
    """An approved word that does harm counts no more. Raises NotFound, WordDecided."""
    word = _locked(word_id, by)
    if word.state != WordState.APPROVED:
        raise WordDecided
    _settle_as(word, WordState.REFUSED, by)
    record(WordWithdrawn(word_id=word.pk), by=by)
    return word


@transaction.atomic
def dismiss(unclear_id: int, *, by: Actor) -> None:
    """There is nothing to learn from this text. Raises NotFound."""
    _insist(by)
    if not Unclear.objects.filter(pk=unclear_id).exists():
        raise NotFound
    _settle(unclear_id)


def _decide(word_id: int, wanted: WordState, by: Actor) -> TaughtWord:
    word = _locked(word_id, by)
    if word.proposed_by_id == by.person_id:
        raise OwnProposal
    if word.state != WordState.PROPOSED:
        raise WordDecided
    _settle_as(word, wanted, by)
    return word


def _locked(word_id: int, by: Actor) -> TaughtWord:
    _insist(by)
    return lock_or_not_found(TaughtWord, pk=word_id)


def _settle_as(word: TaughtWord, wanted: WordState, by: Actor) -> None:
    word.state = wanted
    word.decided_by_id = by.person_id
    word.decided_at = timezone.now()
    word.save(update_fields=["state", "decided_by", "decided_at"])


def _settle(unclear_id: int | None) -> None:
    if unclear_id is not None:
        open_ones = Unclear.objects.filter(pk=unclear_id, settled_at__isnull=True)
        open_ones.update(settled_at=timezone.now())


def _insist(by: Actor) -> None:
    if not rules.may_teach(by):
        raise NotFound
