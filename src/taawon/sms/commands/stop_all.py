"""STOP TOUT: nothing at all, after a code."""

from __future__ import annotations

from taawon.messaging import consent
from taawon.sms.turns import Reply, Turn

INTENTS = ("STOP_ALL",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    if not turn.confirmed:
        return Reply("stop_all_code", risky=True)
    consent.stop(turn.phone, everything=True)
    return Reply("stopped_all")
