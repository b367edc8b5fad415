from __future__ import annotations

from datetime import UTC, datetime

import pytest

from taawon.messaging import consent, reports, sending, services
from taawon.messaging.gateways import Accepted, OptedOut, Retry, StatusUpdate
from taawon.messaging.models import Fate, Lane, Message, ParkedReport, Recipient
from taawon.messaging.rules import proof_of
from tests.messaging.lines import told

PHONE = "+212661234567"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]


def test_in_doubt_waits_for_its_report_and_is_not_sent_again(monkeypatch, clock):
    line = told(monkeypatch, "memory", answer=Retry("timeout", in_doubt=True))["memory"]
    message = services.queue(PHONE, "Bonjour", key="a:1")
    sending.send_pending()
    message.refresh_from_db()
    assert (message.state, message.in_doubt) == ("queued", True)
    assert (message.not_before - clock.now()).total_seconds() == 120

    clock.forward(seconds=60)
    reports.note("memory", StatusUpdate(Fate.ACCEPTED, key="a:1", proof=proof_of("a:1")))
    clock.forward(hours=1)
    sending.send_pending()
    assert line.carried == ["a:1"]
    message.refresh_from_db()
    assert (message.state, message.fate) == ("sent", Fate.ACCEPTED)


def test_in_doubt_without_a_report_is_sent_again_and_marked(monkeypatch, clock):
    line = told(monkeypatch, "memory", answer=Retry("timeout", in_doubt=True))["memory"]
    message = services.queue(PHONE, "Bonjour", key="a:1")
    sending.send_pending()
    line.answer = lambda message: Accepted()
    clock.forward(seconds=121)
    sending.send_pending()
    assert line.carried == ["a:1", "a:1"]
    message.refresh_from_db()
    assert (message.state, message.in_doubt, message.tries) == ("sent", True, 2)


def test_a_gateway_that_takes_keys_is_asked_again_at_once(monkeypatch, clock):
    told(monkeypatch, "memory", answer=Retry("timeout", in_doubt=True), keyed=True)
    message = services.queue(PHONE, "Bonjour", key="a:1")
    sending.send_pending()
    message.refresh_from_db()
    assert (message.not_before - clock.now()).total_seconds() == 30


def test_a_text_ends_with_its_own_time(monkeypatch, clock):
    line = told(monkeypatch, "memory", answer=Retry("kannel-503"))["memory"]
    message = services.queue(PHONE, "Bonjour", key="a:1")
    for _ in range(80):
        sending.send_pending()
        clock.forward(hours=1)
    message.refresh_from_db()
    assert (message.state, message.trouble) == ("failed", "expired")
    assert len(line.carried) > 8


def test_taken_and_never_reported_stays_sent(monkeypatch, clock):
    line = told(monkeypatch, "memory")["memory"]
    message = services.queue(PHONE, "Bonjour", key="a:1")
    sending.send_pending()
    for _ in range(10):
        clock.forward(days=1)
        sending.requeue_lost()
        sending.send_pending()
    message.refresh_from_db()
    assert (message.state, message.fate, line.carried) == ("sent", Fate.UNKNOWN, ["a:1"])


def test_the_operator_knows_of_a_stop(monkeypatch):
    told(monkeypatch, "memory", answer=OptedOut())
    services.queue(PHONE, "Bonjour", key="a:1")
    sending.send_pending()
    assert Message.objects.get().trouble == "opted-out"
    assert Recipient.objects.get().stopped_at is not None


def test_a_report_that_was_parked_counts_once_the_send_is_settled(monkeypatch):
    line = told(monkeypatch, "memory")["memory"]

    def answer(message):
        reports.note("memory", StatusUpdate(Fate.DELIVERED, provider_id="7f"))
        return Accepted("7f")

    line.answer = answer
    services.queue(PHONE, "Bonjour", key="a:1")
    sending.send_pending()
    message = Message.objects.get()
    assert (message.state, message.fate, message.provider_id) == ("sent", Fate.DELIVERED, "7f")
    assert ParkedReport.objects.count() == 0


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        # 08:59, 09:00, 19:59 and 20:00 in Casablanca, one hour ahead of UTC.
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 23, 18, 59, tzinfo=UTC), 1),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), 0),
        # In Ramadan the clocks there are those of UTC.
        (datetime(2026, 3, 1, 8, 30, tzinfo=UTC), 0),
        (datetime(2026, 3, 1, 9, 0, tzinfo=UTC), 1),
        (datetime(2026, 3, 1, 19, 30, tzinfo=UTC), 1),
        (datetime(2026, 3, 1, 20, 0, tzinfo=UTC), 0),
        # The next one begins on 7 February 2027.
        (datetime(2027, 2, 6, 8, 0, tzinfo=UTC), 1),
        (datetime(2027, 2, 7, 8, 30, tzinfo=UTC), 0),
        (datetime(2027, 2, 7, 19, 59, tzinfo=UTC), 1),
        (datetime(2027, 3, 14, 8, 0, tzinfo=UTC), 1),
        (datetime(2027, 3, 14, 19, 0, tzinfo=UTC), 0),
        # The night in which the clocks go forward again.
        (datetime(2026, 3, 22, 7, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 22, 8, 0, tzinfo=UTC), 1),
    ],
)
def test_announcements_by_day_alone(monkeypatch, clock, moment, sent):
    told(monkeypatch, "memory")
    clock.time = moment
    consent.agree(PHONE, "paper")
    services.queue(PHONE, "Foire", key="a:1", lane=Lane.CAMPAIGN)
    assert sending.send_pending() == sent


def test_a_stop_counts_to_the_last_second(monkeypatch, clock):
    line = told(monkeypatch, "memory")["memory"]
    clock.time = datetime(2026, 11, 23, 9, tzinfo=UTC)
    consent.agree(PHONE, "paper")
    services.queue(PHONE, "Foire", key="a:1", lane=Lane.CAMPAIGN)
    consent.stop(PHONE)
    sending.send_pending()
    assert line.carried == []
    assert Message.objects.get().trouble == "stopped"


def test_once_the_line_breaks_the_rest_is_not_tried_on_it(monkeypatch, clock):
    line = told(monkeypatch, "memory", answer=Retry("kannel-503"))["memory"]
    for number in range(20):
        services.queue(PHONE, "Bonjour", key=f"a:{number}")
    sending.send_pending()
    assert line.carried == ["a:0"]
    assert Message.objects.filter(trouble="line-down").count() == 19
