"""LECON, SUITE: no lessons yet."""

from __future__ import annotations

from taawon.sms.turns import Reply, Turn

INTENTS = ("LESSON", "NEXT")
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    return Reply("lesson")
