from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, connections

from taawon.messaging import consent, queries, sending, services, settling
from taawon.messaging.gateways import Accepted, Answer, Failed, Gateway, Outbound, Retry, routes
from taawon.messaging.models import Lane, Message
from taawon.messaging.services import Via

PHONE = "+212661234567"
State = Message.State


class Broken(Gateway):
    """A gateway that answers, or raises, what it is told to."""

    keyed = True

    def __init__(self, answer: Answer | Exception) -> None:
        super().__init__()
        self.answer = answer
        self.asked = 0

    def send(self, message: Outbound) -> Answer:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def by_day(clock) -> None:
    """Ten in the morning in Casablanca."""
    clock.time = datetime(2026, 11, 23, 9, tzinfo=UTC)


def through(monkeypatch, answer: Answer | Exception) -> Broken:
    gateway = Broken(answer)
    monkeypatch.setattr(routes, "gateway", lambda name: gateway)
    return gateway


@pytest.mark.django_db
def test_said_twice_sent_once(clock, post_box):
    first = services.queue(PHONE, "Salam", key="a:1", language="ar")
    again = services.queue("+212600000000", "Bonjour", key="a:1")
    sending.send_pending()

    assert again == first
    assert post_box == [
        Outbound(
            key="a:1",
            via="sms",
            to=PHONE,
            subject="",
            text="Salam",
            language="ar",
            lives=3 * 24 * 60 * 60,
        )
    ]
    first.refresh_from_db()
    assert (first.state, first.tries, first.in_doubt) == (State.SENT, 1, False)


@pytest.mark.django_db
def test_codes_go_first(no_worker, post_box, clock):
    by_day(clock)
    consent.agree(PHONE, "paper")
    for lane in (Lane.CAMPAIGN, Lane.ORDER, Lane.CODE, Lane.REPLY):
        services.queue(PHONE, lane.label, key=lane.label, lane=lane)

    assert sending.send_pending() == 4
    assert [message.key for message in post_box] == ["Code", "Reply", "Order", "Campaign"]


@pytest.mark.django_db
def test_an_email_goes_by_the_gateway_for_emails(settings, no_worker, post_box):
    settings.EMAIL_GATEWAY = "taawon.messaging.gateways.console.ConsoleGateway"
    services.queue("a@example.org", "Salam", key="a:1", via=Via.EMAIL, subject="Your order")
    sending.send_pending()

    assert post_box == []
    [row] = queries.console(5)
    assert (row.via, row.to, row.subject, row.text) == (
        "email",
        "a@example.org",
        "Your order",
        "Salam",
    )


@pytest.mark.django_db
def test_not_now_is_tried_again_later_and_later(monkeypatch, no_worker, clock):
    gateway = through(monkeypatch, Retry("busy", line=False))
    message = services.queue(PHONE, "Salam", key="a:1")
    waits = []
    for _ in range(settling.MOST_TRIES - 1):
        sending.send_pending()
        message.refresh_from_db()
        assert (message.state, message.in_doubt) == (State.QUEUED, False)
        waits.append((message.not_before - clock.now()).total_seconds())
        assert sending.send_pending() == 0
        clock.forward(seconds=waits[-1])

    sending.send_pending()
    message.refresh_from_db()
    assert waits == [30, 60, 120, 240, 480, 960, 1920]
    assert (message.state, message.tries, gateway.asked) == (State.FAILED, 8, 8)


@pytest.mark.django_db
def test_never_is_not_tried_again(monkeypatch, no_worker):
    gateway = through(monkeypatch, Failed("no-such-number"))
    message = services.queue(PHONE, "Salam", key="a:1")
    sending.send_pending()
    sending.send_pending()

    message.refresh_from_db()
    assert (message.state, message.tries, gateway.asked) == (State.FAILED, 1, 1)


@pytest.mark.django_db
def test_a_gateway_that_raises_leaves_a_doubt_and_no_word_in_the_log(
    monkeypatch, no_worker, caplog
):
    through(monkeypatch, OSError(f"{PHONE} Salam refused"))
    message = services.queue(PHONE, "Salam", key="a:1")
    sending.send_pending()

    message.refresh_from_db()
    assert (message.state, message.tries, message.in_doubt) == (State.QUEUED, 1, True)
    assert caplog.messages == [f"Message {message.pk} was not taken (try 1): OSError"]


@pytest.mark.django_db
def test_killed_on_the_road_sent_again_and_marked(no_worker, clock, post_box):
    message = services.queue(PHONE, "Salam", key="a:1")
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=clock.now())

    clock.forward(seconds=120)
    assert sending.requeue_lost() == 0
    assert sending.send_pending() == 0
    clock.forward(seconds=1)
    assert sending.requeue_lost() == 1
    assert sending.send_pending() == 1

    message.refresh_from_db()
    assert (message.state, message.in_doubt, message.tries) == (State.SENT, True, 2)
    assert [(sent.key, sent.in_doubt) for sent in post_box] == [("a:1", True)]


@pytest.mark.django_db
def test_what_kills_every_worker_is_given_up(no_worker, clock):
    message = services.queue(PHONE, "Salam", key="a:1")
    for _ in range(settling.MOST_TRIES):
        waiting = Message.objects.filter(pk=message.pk, state=State.QUEUED)
        waiting.update(state=State.SENDING, claimed_at=clock.now())
        clock.forward(minutes=3)
        sending.requeue_lost()

    message.refresh_from_db()
    assert (message.state, message.in_doubt) == (State.FAILED, True)


@pytest.mark.django_db
def test_slow_but_arrived_is_not_sent_again(monkeypatch, no_worker, clock):
    """The gateway takes so long that the message was queued again meanwhile."""

    class Slow(Gateway):
        def send(self, message: Outbound) -> Answer:
            clock.forward(minutes=3)
            assert sending.requeue_lost() == 1
            return Accepted()

    monkeypatch.setattr(routes, "gateway", lambda name: Slow())
    message = services.queue(PHONE, "Salam", key="a:1")
    sending.send_pending(["memory"])

    message.refresh_from_db()
    assert (message.state, message.in_doubt) == (State.SENT, True)
    assert sending.send_pending() == 0


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_on_the_road(monkeypatch, no_worker):
    seen = []

    class Looking(Gateway):
        def send(self, message: Outbound) -> Answer:
            seen.append((connection.in_atomic_block, Message.objects.get().state))
            return Accepted()

    monkeypatch.setattr(routes, "gateway", lambda name: Looking())
    services.queue(PHONE, "Salam", key="a:1")
    sending.send_pending()
    assert seen == [(False, State.SENDING)]


@pytest.mark.django_db
def test_a_code_is_neither_kept_nor_sent_too_late(no_worker, clock, post_box):
    sent = services.queue(PHONE, "123456", key="code:1", lane=Lane.CODE)
    sending.send_pending()
    late = services.queue(PHONE, "654321", key="code:2", lane=Lane.CODE)
    clock.forward(minutes=6)
    sending.send_pending()

    sent.refresh_from_db()
    late.refresh_from_db()
    assert [message.text for message in post_box] == ["123456"]
    assert (sent.state, sent.text) == (State.SENT, "")
    assert (late.state, late.text) == (State.FAILED, "")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_workers_one_send(no_worker, post_box):
    services.queue(PHONE, "Salam", key="a:1")
    ready = Barrier(10)

    def work(_: int) -> None:
        ready.wait()
        try:
            sending.send_pending(["memory"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(work, range(10)))
    assert [sent.key for sent in post_box] == ["a:1"]
