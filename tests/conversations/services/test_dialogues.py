from __future__ import annotations

import pytest
from django.db import transaction

from taawon.conversations.models import Dialogue, Ticket
from taawon.conversations.services import dialogues
from taawon.core.errors import NotFound
from taawon.core.phone import InvalidPhone
from taawon.messaging import services as messaging
from tests import trail
from tests.factories import CooperativeFactory, RegionFactory, staff

PHONE = "+212612345678"
pytestmark = pytest.mark.django_db


def held() -> Dialogue:
    with transaction.atomic():
        return dialogues.hold(PHONE)


def test_one_row_a_phone():
    assert held().pk == held().pk


def test_what_is_remembered_has_its_time(clock):
    dialogue = held()
    dialogues.ask(dialogue, {"options": []})
    dialogues.await_code(dialogue, {"intent": "REFUSE"})
    dialogues.can_be_undone(dialogue, {"intent": "ACCEPT"})
    clock.forward(minutes=9)
    assert dialogues.awaited(dialogue) == {"intent": "REFUSE"}
    assert dialogues.undoable(dialogue) == {"intent": "ACCEPT"}
    clock.forward(minutes=2)
    assert dialogues.awaited(dialogue) is None
    assert dialogues.undoable(dialogue) is None
    assert dialogues.pending(dialogue) == {"options": []}
    clock.forward(hours=24)
    assert dialogues.pending(dialogue) is None


def test_a_choice_lasts_as_long_as_the_talk(clock):
    dialogue, cooperative = held(), CooperativeFactory()
    dialogues.choose(dialogue, cooperative.pk)
    assert dialogues.chosen(dialogue) == cooperative.pk
    clock.forward(minutes=31)
    assert dialogues.chosen(dialogue) is None


def test_a_look_is_on_record():
    dialogue, by = held(), staff()
    assert dialogues.read(dialogue.pk, by=by) == dialogue
    assert dialogues.read_of("06 12 34 56 78", by=by) == dialogue
    assert (
        trail.events()
        == [
            ("conversation-read", f"conversations.dialogue:{dialogue.pk}"),
        ]
        * 2
    )


def test_who_may_not_look_leaves_no_trace():
    dialogue = held()
    for by in (staff("editor"), staff("agent", staff_region=RegionFactory())):
        with pytest.raises(NotFound):
            dialogues.read(dialogue.pk, by=by)
        assert dialogues.read_of(PHONE, by=by) is None
    assert trail.names() == []


def test_a_number_that_never_wrote():
    assert dialogues.read_of("0661234567", by=staff()) is None
    messaging.queue("+212661234567", "Salam", key="k")
    found = dialogues.read_of("٠٦٦١٢٣٤٥٦٧", by=staff())
    assert found is not None
    assert found.phone == "+212661234567"
    with pytest.raises(InvalidPhone):
        dialogues.read_of("2255", by=staff())


def test_forgotten():
    held()
    Ticket.objects.create(phone=PHONE, words="Rappelez-moi")
    dialogues.forget(PHONE)
    assert Dialogue.objects.count() == 0
    assert list(Ticket.objects.values_list("phone", "words")) == [("", "")]
