from __future__ import annotations

import pytest

from taawon.messaging import queries, sending, services
from taawon.messaging.models import ConsoleMessage

PHONE = "+212661234567"


@pytest.mark.django_db
def test_console_newest_first():
    for number, to in enumerate((PHONE, "+212600000000", PHONE)):
        ConsoleMessage.objects.create(key=f"a:{number}", via="sms", to=to, text="Salam")

    assert [row.key for row in queries.console(2)] == ["a:2", "a:1"]
    assert [row.key for row in queries.console(9, to=PHONE)] == ["a:2", "a:0"]


@pytest.mark.django_db
def test_queue_age(no_worker, clock):
    assert queries.queue_age_seconds() == 0
    message = services.queue(PHONE, "Salam", key="a:1")
    message.not_before = clock.now()
    message.save()
    clock.forward(seconds=90)
    assert queries.queue_age_seconds() == 90
    sending.send_pending()
    assert queries.queue_age_seconds() == 0


@pytest.mark.django_db
def test_of_a_phone_newest_first():
    services.queue(PHONE, "1", key="a:1")
    services.queue("+212600000000", "2", key="a:2")
    services.queue(PHONE, "3", key="a:3")
    assert [message.text for message in queries.of_phone(PHONE)] == ["3", "1"]
