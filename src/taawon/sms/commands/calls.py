"""APPELS: the open calls for applications."""

from __future__ import annotations

from taawon.sms.turns import Reply, Turn

INTENTS = ("CALLS",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    return Reply("calls")
