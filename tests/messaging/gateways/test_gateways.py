from __future__ import annotations

import pytest

from taawon.messaging import queries
from taawon.messaging.gateways import Accepted, Outbound, routes
from taawon.messaging.gateways.console import ConsoleGateway
from taawon.messaging.gateways.memory import MemoryGateway
from taawon.messaging.gateways.smtp import SmtpGateway

TEXT = Outbound(key="a:1", via="sms", to="+212661234567", subject="", text="Salam", language="fr")


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
