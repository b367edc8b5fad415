"""AIDE, AIDE PRIX"""

from __future__ import annotations

from taawon.sms.turns import Reply, Turn

INTENTS = ("HELP",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    topic = turn.args.get("topic", "")
    return Reply(f"help_{topic}" if topic and topic != "HELP" else "help")
