"""E-mails obey what texts obey: consent, hours, rest after failures, one telling a key."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from taawon.messaging import consent, sending, services
from taawon.messaging.gateways import Accepted, Answer, Failed, Retry
from taawon.messaging.models import Lane, Message, Recipient
from taawon.messaging.rules import address_in
from taawon.messaging.services import Via
from tests.gateways.mail import open_mail_server
from tests.messaging.lines import Told, told

EMAIL = "amina@example.ma"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]


@pytest.fixture(autouse=True)
def _by_day(clock):
    """Ten in the morning in Casablanca."""
    clock.time = datetime(2026, 11, 23, 9, tzinfo=UTC)


def letter(key: str, lane: Lane = Lane.ORDER) -> Message:
    return services.queue(EMAIL, "Salam", key=key, lane=lane, via=Via.EMAIL, language="ar")


def fate(message: Message) -> tuple[str, str]:
    sending.send_pending()
    message.refresh_from_db()
    return message.state, message.trouble


def answering(monkeypatch, answer: Answer) -> Told:
    return told(monkeypatch, "email", answer=answer)["email"]


def test_announcements_need_consent_and_bear_a_way_out(post_box, settings):
    settings.SITE_URL = "https://taawon.ma"
    assert fate(letter("a:1", Lane.CAMPAIGN)) == ("failed", "stopped")
    consent.agree(EMAIL, "web")
    assert fate(letter("a:2", Lane.CAMPAIGN)) == ("sent", "")
    [carried] = post_box
    address, _, signed = carried.unsubscribe.partition("?who=")
    assert address == "https://taawon.ma/ar/unsubscribe/"
    assert address_in(signed.replace("%3A", ":")) == EMAIL
    assert address_in(f"x{signed}") is None

    consent.stop(EMAIL)
    assert fate(letter("a:3", Lane.CAMPAIGN)) == ("failed", "stopped")
    assert fate(letter("a:4")) == ("sent", "")
    assert post_box[-1].unsubscribe == ""


def test_announcements_sleep_at_night(clock, post_box):
    consent.agree(EMAIL, "web")
    clock.forward(hours=11)
    assert fate(letter("a:1", Lane.CAMPAIGN)) == ("queued", "")
    assert fate(letter("a:2")) == ("sent", "")


def test_a_mailbox_that_does_not_exist_is_left_alone_for_a_month(monkeypatch, clock):
    line = answering(monkeypatch, Failed("smtp-550", unreachable=True))
    for number in range(3):
        assert fate(letter(f"a:{number}")) == ("failed", "smtp-550")
    assert fate(letter("a:3")) == ("failed", "suppressed")
    # A code may be the proof of the contrary.
    assert fate(letter("a:4", Lane.CODE)) == ("failed", "smtp-550")
    assert len(line.carried) == 4
    clock.forward(days=31)
    line.answer = lambda _message: Accepted()
    assert fate(letter("a:5")) == ("sent", "")
    assert Recipient.objects.count() == 0


@pytest.mark.parametrize("answer", [Failed("smtp-554"), Retry("smtp-451", line=False)])
def test_another_refusal_says_nothing_of_the_mailbox(monkeypatch, answer):
    answering(monkeypatch, answer)
    fate(letter("a:1"))
    assert Recipient.objects.count() == 0


def test_a_server_that_is_down_uses_up_no_tries(monkeypatch, clock):
    """News of an order is wanted for three days."""
    answering(monkeypatch, Retry("ConnectionRefusedError"))
    message = letter("a:1")
    for _ in range(30):
        assert fate(message)[0] == "queued"
        clock.forward(hours=2)
    assert message.tries > 8
    clock.forward(hours=13)
    assert fate(message) == ("failed", "expired")


def test_a_stop_by_text_is_not_one_by_mail(post_box):
    consent.agree(EMAIL, "web")
    consent.stop("+212661234567", everything=True)
    assert fate(letter("a:1", Lane.CAMPAIGN)) == ("sent", "")


def test_from_the_queue_to_a_server(settings):
    settings.SITE_URL = "https://taawon.ma"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_GATEWAY = "taawon.messaging.gateways.smtp.SmtpGateway"
    consent.agree(EMAIL, "web")
    with open_mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        assert fate(letter("a:1", Lane.CAMPAIGN)) == ("sent", "")
        assert fate(letter("a:2", Lane.CODE)) == ("sent", "")
    announcement, code = server.letters
    assert (
        announcement["List-Unsubscribe"]
        .strip()
        .startswith("<https://taawon.ma/ar/unsubscribe/?who=")
    )
    assert code["List-Unsubscribe"] is None
    assert [one["To"] for one in server.letters] == [EMAIL, EMAIL]
    # A code is not kept once it has left.
    assert list(Message.objects.order_by("key").values_list("text", flat=True)) == ["Salam", ""]
