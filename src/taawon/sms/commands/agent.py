"""AGENT: somebody calls back."""

from __future__ import annotations

from taawon.conversations.services import tickets
from taawon.sms.turns import Reply, Turn

INTENTS = ("AGENT",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    ticket, new = tickets.open_ticket(
        turn.phone, turn.text, cooperative_id=turn.cooperative_id or None, by=turn.actor
    )
    return Reply("agent" if new else "agent_again", {"ticket": ticket.pk})
