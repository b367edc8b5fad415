from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.conversations import tasks
from taawon.conversations.models import Dialogue, TaughtWord, Ticket, Unclear

pytestmark = pytest.mark.django_db
PHONE, OTHER = "+212661234567", "+212661234568"


def test_a_talk_is_forgotten_after_a_season(clock):
    Dialogue.objects.create(phone=PHONE, voice="ary")
    unclear = Unclear.objects.create(inbound_id=1, text="chno kayn")
    word = TaughtWord.objects.create(word="kayn", voice="ary", intent="STOCK", unclear=unclear)
    clock.forward(days=89)
    Dialogue.objects.create(phone=OTHER, heard_at=timezone.now())
    tasks.prune()
    assert (Dialogue.objects.count(), Unclear.objects.count()) == (2, 1)

    clock.forward(days=2)
    tasks.prune()
    assert [talk.phone for talk in Dialogue.objects.all()] == [OTHER]
    assert Unclear.objects.count() == 0
    word.refresh_from_db()
    assert (word.word, word.unclear) == ("kayn", None)


def test_of_a_call_only_that_it_was_answered_stays(settings, clock):
    settings.TEXTS_KEPT_DAYS = 30
    Ticket.objects.create(phone=PHONE, words="3awni")
    closed = {"state": "closed", "outcome": "Rappelée", "words": "3awni"}
    Ticket.objects.create(phone=OTHER, closed_at=timezone.now(), **closed)
    Ticket.objects.create(phone=PHONE, closed_at=timezone.now() + timedelta(days=3), **closed)
    clock.forward(days=31)
    tasks.prune()
    kept = Ticket.objects.order_by("pk").values_list("phone", "words", "outcome")
    assert list(kept) == [(PHONE, "3awni", ""), ("", "", "Rappelée"), (PHONE, "3awni", "Rappelée")]
