"""START: everything again."""

from __future__ import annotations

from taawon.messaging import consent
from taawon.sms.turns import Reply, Turn

INTENTS = ("START",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    consent.resume(turn.phone)
    return Reply("started")
