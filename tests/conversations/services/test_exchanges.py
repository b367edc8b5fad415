from __future__ import annotations

import threading

import pytest
from django.db import connection

from taawon.conversations.models import Dialogue
from taawon.conversations.services import exchanges
from taawon.conversations.services.exchanges import Said
from taawon.messaging import inbox
from taawon.messaging.gateways import Inbound
from taawon.messaging.models import InboundText, Message

PHONE = "+212612345678"


def stored(text: str = "oui", provider_id: str = "1") -> int:
    inbound = Inbound("test", provider_id, PHONE, "2255", text)
    found = inbox.receive(inbound)
    assert found is not None
    return found[0].pk


def echo(_dialogue: Dialogue, _phone: str, text: str, _inbound_id: int) -> Said:
    return Said(f"Vous dites {text}")


@pytest.mark.django_db
def test_answered_once():
    inbound_id = stored()
    exchanges.answer(inbound_id, echo)
    exchanges.answer(inbound_id, echo)
    assert list(Message.objects.values_list("to", "text", "lane")) == [(PHONE, "Vous dites oui", 1)]
    assert InboundText.objects.get().state == "handled"


@pytest.mark.django_db
def test_a_failure_leaves_nothing():
    inbound_id = stored()

    def breaks(dialogue: Dialogue, *_rest: object) -> Said:
        dialogue.voice = "ar"
        dialogue.save()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        exchanges.answer(inbound_id, breaks)
    assert Dialogue.objects.count() == 0
    assert InboundText.objects.get().state == "received"


@pytest.mark.django_db
def test_a_rehearsal_changes_nothing():
    assert exchanges.rehearse(PHONE, "oui", echo) == Said("Vous dites oui")
    assert Dialogue.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_ten_threads_bring_the_same_text():
    """One command, one answer."""
    done = []

    def bring() -> None:
        try:
            exchanges.answer(
                stored(provider_id="same"), lambda *words: (done.append(1), echo(*words))[1]
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert Message.objects.count() == 1
    assert InboundText.objects.count() == 1
