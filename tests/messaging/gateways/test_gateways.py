from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from taawon.messaging import queries
from taawon.messaging.gateways import Accepted, Failed, Outbound, Retry, routes
from taawon.messaging.gateways.console import ConsoleGateway
from taawon.messaging.gateways.memory import MemoryGateway
from taawon.messaging.gateways.smtp import SmtpGateway

TEXT = Outbound(key="a:1", via="sms", to="+212661234567", subject="", text="Salam", language="fr")
LETTER = Outbound(
    key="a:2", via="email", to="a@example.org", subject="Two\nlines", text="Salam", language="ar"
)


def test_the_settings_name_the_gateway(settings):
    settings.EMAIL_GATEWAY = "taawon.messaging.gateways.smtp.SmtpGateway"
    assert isinstance(routes.gateway("memory"), MemoryGateway)
    assert isinstance(routes.gateway("email"), SmtpGateway)


@pytest.mark.django_db
def test_the_console_delivers_exactly_once():
    assert ConsoleGateway().send(TEXT) == Accepted()
    assert ConsoleGateway().send(TEXT) == Accepted()

    [row] = queries.console(10)
    assert (row.key, row.via, row.to, row.text) == ("a:1", "sms", "+212661234567", "Salam")


def test_a_letter_has_one_line_of_subject_and_its_language():
    assert SmtpGateway().send(LETTER) == Accepted()
    [letter] = mail.outbox
    assert (letter.subject, letter.body, letter.to) == ("Two lines", "Salam", ["a@example.org"])
    assert letter.extra_headers["Content-Language"] == "ar"


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [
        (smtplib.SMTPRecipientsRefused({}), Failed("SMTPRecipientsRefused")),
        (smtplib.SMTPServerDisconnected("a@example.org"), Retry("SMTPServerDisconnected")),
        (ConnectionRefusedError(), Retry("ConnectionRefusedError")),
    ],
)
def test_trouble_with_letters(monkeypatch, trouble, answer):
    def refuse(letter: EmailMessage) -> int:
        raise trouble

    monkeypatch.setattr(EmailMessage, "send", refuse)
    assert SmtpGateway().send(LETTER) == answer
