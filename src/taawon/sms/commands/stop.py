"""STOP: no announcements."""

from __future__ import annotations

from taawon.messaging import consent
from taawon.sms.turns import Reply, Turn

INTENTS = ("STOP",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    consent.stop(turn.phone)
    return Reply("stopped")
