from __future__ import annotations

import pytest

from taawon.messaging import queries, sending, services
from taawon.messaging.models import ConsoleMessage, InboundText

PHONE = "+212661234567"


@pytest.mark.django_db
def test_console_newest_first():
    for number, to in enumerate((PHONE, "+212600000000", PHONE)):
        ConsoleMessage.objects.create(key=f"a:{number}", via="sms", to=to, text="Salam")

    assert [row.key for row in queries.console(2)] == ["a:2", "a:1"]
    assert [row.key for row in queries.console(9, to=PHONE)] == ["a:2", "a:0"]
    last = ConsoleMessage.objects.get(key="a:2")
    assert [row.key for row in queries.console(9, before=last.pk)] == ["a:1", "a:0"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_of_a_phone(clock, django_assert_num_queries, count):
    for number in range(count):
        InboundText.objects.create(
            digest=f"a:{number}", gateway="console", sender=PHONE, text=f"ask {number}"
        )
        ConsoleMessage.objects.create(key=f"a:{number}", via="sms", to=PHONE, text=f"say {number}")
        clock.forward(seconds=1)
    ConsoleMessage.objects.create(key="b", via="email", to=PHONE, text="no text")
    InboundText.objects.create(digest="b", gateway="iam", sender=PHONE, text="not from here")
    with django_assert_num_queries(2):
        found = [(one.text, one.received) for one in queries.screen(PHONE, "console", 4)]
    said = [(f"{word} {n}", word == "say") for n in range(count) for word in ("ask", "say")]
    assert found == said[-4:]


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
