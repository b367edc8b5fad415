from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from taawon.messaging import sending, services
from taawon.messaging.models import ConsoleMessage, Message
from taawon.messaging.services import Via

PHONE = "+212661234567"
State = Message.State


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sent(no_worker, post_box):
    with transaction.atomic():
        services.queue(PHONE, "Salam", key="a:1")
        transaction.set_rollback(True)
    assert sending.send_pending() == 0
    assert post_box == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_nudged_once_a_transaction(monkeypatch):
    nudges = []
    monkeypatch.setattr(type(services.carry), "enqueue", lambda task: nudges.append(task.name))

    with transaction.atomic():
        services.queue(PHONE, "1", key="a:1")
        services.queue(PHONE, "2", key="a:2")
        services.queue(PHONE, "2", key="a:2")
    with transaction.atomic():
        services.queue(PHONE, "2", key="a:2")

    assert nudges == ["carry"]


@pytest.mark.django_db
def test_a_french_text_stays_in_letters_that_phones_count_once(no_worker):
    text = services.queue(PHONE, "Reçue…", key="a:1").text
    letter = services.queue("a@example.org", "Reçue…", key="a:2", via=Via.EMAIL).text
    assert (text, letter) == ("Recue...", "Reçue…")


@pytest.mark.django_db
def test_forgotten(no_worker, post_box):
    waiting = services.queue(PHONE, "Salam", key="a:1")
    other = services.queue("+212600000000", "Salam", key="a:2")
    ConsoleMessage.objects.create(key="a:0", via="sms", to=PHONE, text="Salam")
    services.forget(PHONE)
    sending.send_pending()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.to, waiting.text) == (State.FAILED, "", "")
    assert [message.to for message in post_box] == [other.to]
    assert ConsoleMessage.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_told_ten_times_at_once_queued_once(no_worker):
    ready = Barrier(10)

    def tell(_: int) -> int:
        ready.wait()
        try:
            with transaction.atomic():
                return services.queue(PHONE, "Salam", key="a:1").pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as threads:
        assert len(set(threads.map(tell, range(10)))) == 1
    assert Message.objects.count() == 1
