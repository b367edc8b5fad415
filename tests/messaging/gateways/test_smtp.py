from __future__ import annotations

import socket
from dataclasses import replace
from email.message import EmailMessage

import pytest

from taawon.messaging.gateways import Accepted, Failed, Outbound, Retry
from taawon.messaging.gateways.smtp import SmtpGateway
from tests.gateways.mail import open_mail_server

LETTER = Outbound(
    key="orders.order:12:order-placed:buyer",
    via="email",
    to="amina@example.ma",
    subject="Two\nlines",
    text="ABCD2345 : reçue.\nhttps://taawon.ma/fr/orders/ABCD2345/?key=s3cret",
    language="fr",
)


@pytest.fixture(autouse=True)
def _by_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "nouvelles@taawon.ma"


@pytest.fixture
def server(settings):
    with open_mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


def words_of(letter: EmailMessage) -> str:
    return "\n".join(letter.get_content().splitlines())


def test_a_letter_as_it_arrives(server, settings):
    settings.EMAIL_REPLY_TO = "equipe@taawon.ma"
    assert SmtpGateway().send(LETTER) == Accepted()

    [letter] = server.letters
    assert letter["From"] == "Taawon <nouvelles@taawon.ma>"
    assert (letter["To"], letter["Reply-To"]) == ("amina@example.ma", "equipe@taawon.ma")
    assert letter["Subject"] == "Two lines"
    assert letter["Content-Language"] == "fr"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert words_of(letter) == LETTER.text
    assert letter["List-Unsubscribe"] is letter["List-Unsubscribe-Post"] is None


def test_sent_again_it_bears_the_same_name(server, settings):
    settings.DEFAULT_FROM_EMAIL = "Coopératives <nouvelles@taawon.ma>"
    SmtpGateway().send(LETTER)
    SmtpGateway().send(replace(LETTER, in_doubt=True))
    SmtpGateway().send(replace(LETTER, key="orders.order:13:order-placed:buyer"))

    first, again, other = [letter["Message-ID"] for letter in server.letters]
    assert first == again != other
    assert first.endswith("@taawon.ma>")
    assert "order" not in first
    assert server.letters[0]["From"] == "Coopératives <nouvelles@taawon.ma>"


def test_arabic_runs_from_right_to_left(server):
    SmtpGateway().send(replace(LETTER, language="ar", text="ABCD2345: توصلنا بالطلب\nhttps://x.ma"))
    [letter] = server.letters
    assert words_of(letter) == "\u200fABCD2345: توصلنا بالطلب\n\u200fhttps://x.ma"


def test_an_announcement_can_be_stopped_with_one_click(server):
    SmtpGateway().send(replace(LETTER, unsubscribe="https://taawon.ma/fr/unsubscribe/?who=x"))
    [letter] = server.letters
    assert letter["List-Unsubscribe"] == "<https://taawon.ma/fr/unsubscribe/?who=x>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("command", "said", "expected"),
    [
        ("RCPT", "550 5.1.1 no such user", Failed("smtp-550", unreachable=True)),
        ("RCPT", "554 5.7.1 relay access denied", Failed("smtp-554")),
        ("RCPT", "451 4.7.1 come back later", Retry("smtp-451", line=False)),
        ("MAIL", "550 we do not know you", Retry("smtp-550")),
        ("DATA", "554 looks like spam", Failed("smtp-554")),
        ("DATA", "452 disk is full", Retry("smtp-452", line=False)),
        ("DATA", "hang up", Retry("SMTPServerDisconnected", in_doubt=True)),
    ],
)
def test_what_its_answers_mean(server, caplog, command, said, expected):
    server.answers = {command: said}
    assert SmtpGateway().send(LETTER) == expected
    assert (server.letters, caplog.text) == ([], "")


def test_nobody_answers(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        assert SmtpGateway().send(LETTER) == Retry("ConnectionRefusedError")


def test_an_address_that_no_server_could_take(server):
    assert SmtpGateway().send(replace(LETTER, to="a\nb@example.ma")) == Failed("ValueError")
