"""Carries to a page of the demonstration: a row each, whose key makes it happen exactly once."""

from __future__ import annotations

from taawon.messaging.gateways import Accepted, Answer, Gateway, Outbound
from taawon.messaging.models import ConsoleMessage


class ConsoleGateway(Gateway):
    keyed = True

    def send(self, message: Outbound) -> Answer:
        row = ConsoleMessage(
            key=message.key,
            via=message.via,
            to=message.to,
            subject=message.subject,
            text=message.text,
        )
        ConsoleMessage.objects.bulk_create([row], ignore_conflicts=True)
        return Accepted()
