"""Bank details, refunds, another phone: no text does them, since its sender can be forged."""

from __future__ import annotations

from taawon.sms.language.understanding import NEVER
from taawon.sms.turns import Reply, Turn

INTENTS = (NEVER,)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    return Reply("never")
