"""Whatever fails on a line: neither text nor number, key, code or password is written down."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import smpp34

from taawon.messaging import sending, services
from taawon.messaging.gateways import Gateway, Outbound, routes, wire
from taawon.messaging.gateways.smpp import Session
from taawon.messaging.models import Lane, Line, Message
from taawon.messaging.services import Via
from tests.gateways.centre import open_centre
from tests.gateways.mail import open_mail_server
from tests.gateways.provider import open_provider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]
PHONE, EMAIL, TEXT = "+212661234567", "amina@example.ma", "Le code 482913 de Fatima"
SECRET = "s3cr3t-pass"
FORBIDDEN = ("661234567", "66123", "amina", "482913", "Fatima", SECRET, "order:12", "?")


@pytest.fixture(autouse=True)
def _everything_is_heard(caplog) -> Iterator[None]:
    # What the settings let through: the library's own chatter begins below.
    with caplog.at_level(logging.INFO):
        yield
    wire.hang_up()


def closed_port() -> int:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port: int = closed.getsockname()[1]
    return port


def written(caplog) -> str:
    """All that anybody can read of it afterwards, but for the message itself."""
    troubles = [*Message.objects.values_list("trouble", flat=True)]
    troubles += Line.objects.values_list("trouble", flat=True)
    ours = [record for record in caplog.records if record.name != "mail.log"]  # the server's own
    return "\n".join([*map(logging.Formatter().format, ours), *troubles])


def send(via: str, **lane: Any) -> str:
    services.queue(EMAIL if via == Via.EMAIL else PHONE, TEXT, key="order:12:x", via=via, **lane)
    sending.send_pending()
    return Message.objects.get().state


def insist_on_silence(caplog) -> None:
    text = written(caplog)
    assert "was not taken" in text
    assert [word for word in FORBIDDEN if word in text] == []


def kannel(port: int) -> dict[str, Any]:
    words = {"username": "coop", "password": SECRET, "token": SECRET, "from": "2255"}
    return {"kind": "kannel", "address": f"http://127.0.0.1:{port}/cgi-bin/sendsms", **words}


def http(port: int) -> dict[str, Any]:
    return {
        "kind": "http",
        "address": f"http://127.0.0.1:{port}/send?to={{to}}&text={{text}}&key={SECRET}",
        "method": "GET",
        "headers": {"Authorization": f"Bearer {SECRET}"},
        "secret": SECRET,
    }


@pytest.mark.parametrize("line", [kannel, http])
@pytest.mark.parametrize("answer", [400, 403, 500, "hang up"])
def test_over_http(settings, caplog, line, answer):
    with open_provider(answers=[answer] * 2, body=f"{PHONE} {TEXT}".encode()) as provider:
        settings.SMS_GATEWAYS = {"iam": line(provider.port)}
        assert send(Via.SMS) == ("failed" if answer == 400 else "queued")
    insist_on_silence(caplog)


@pytest.mark.parametrize("line", [kannel, http])
def test_over_http_with_nobody_there(settings, caplog, line):
    settings.SMS_GATEWAYS = {"iam": line(closed_port())}
    assert send(Via.SMS) == "queued"
    insist_on_silence(caplog)


@pytest.mark.parametrize("status", [smpp34.ESME_RINVDSTADR, smpp34.ESME_RTHROTTLED])
def test_over_smpp(settings, caplog, status):
    with open_centre(refuse=[status]) as centre, bound_to(settings, centre.port) as session:
        services.queue(PHONE, TEXT, key="order:12:x")
        assert sending.deliver("iam", session.carry) == 1
    insist_on_silence(caplog)


def test_over_smpp_with_a_centre_that_hangs_up(settings, caplog):
    with ExitStack() as stack:
        with open_centre() as centre:
            session = stack.enter_context(bound_to(settings, centre.port))
        services.queue(PHONE, TEXT, key="order:12:x")
        assert sending.deliver("iam", session.carry) == 1
    insist_on_silence(caplog)


@contextmanager
def bound_to(settings, port: int) -> Iterator[Session]:
    words = {"host": "127.0.0.1", "port": port, "system_id": "coop", "password": SECRET[:8]}
    settings.SMS_GATEWAYS = {"iam": {"kind": "smpp", **words}}
    session = Session(routes.gateway("iam"), lambda *_: None, lambda *_: None)
    session.open()
    try:
        yield session
    finally:
        session.close()


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"RCPT": f"550 {TEXT}"}, "failed"),
        ({"RCPT": f"451 {TEXT}"}, "queued"),
        ({"MAIL": f"550 {EMAIL} {SECRET}"}, "queued"),
        ({"DATA": f"554 {TEXT}"}, "failed"),
        ({"DATA": "hang up"}, "queued"),
    ],
)
def test_over_smtp(settings, caplog, answers, state):
    with open_mail_server(**answers) as server:
        by_smtp(settings, server.port)
        assert send(Via.EMAIL) == state
    insist_on_silence(caplog)


def test_over_smtp_with_a_login_that_is_refused(settings, caplog):
    """The server of the tests offers none."""
    with open_mail_server() as server:
        by_smtp(settings, server.port)
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "coop", SECRET
        assert send(Via.EMAIL) == "queued"
    insist_on_silence(caplog)


def test_over_smtp_with_nobody_there(settings, caplog):
    by_smtp(settings, closed_port())
    assert send(Via.EMAIL) == "queued"
    insist_on_silence(caplog)


def by_smtp(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_GATEWAY = "taawon.messaging.gateways.smtp.SmtpGateway"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.mark.parametrize("kind", ["console", "memory"])
def test_a_gateway_that_breaks(settings, caplog, monkeypatch, kind):
    settings.SMS_GATEWAYS = {"iam": {"kind": kind}}
    monkeypatch.setattr(type(routes.gateway("iam")), "send", broken())
    assert send(Via.SMS, lane=Lane.ORDER) == "queued"
    insist_on_silence(caplog)


def broken() -> Callable[[Gateway, Outbound], None]:
    def send(_line: Gateway, message: Outbound) -> None:
        raise ValueError(f"{message.to} {message.text} {message.key} {SECRET}")

    return send
