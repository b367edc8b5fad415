"""ANNULER: the last command is taken back; the line knows which (sms/line.py)."""

from __future__ import annotations

from taawon.sms.turns import Reply, Turn

INTENTS = ("CANCEL",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    return Reply("nothing_to_undo")
