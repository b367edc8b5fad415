"""Carries nowhere: keeps what it was given, for tests."""

from __future__ import annotations

from taawon.messaging.gateways import Accepted, Answer, Gateway, Outbound

sent: list[Outbound] = []


class MemoryGateway(Gateway):
    keyed = True

    def send(self, message: Outbound) -> Answer:
        sent.append(message)
        return Accepted()
