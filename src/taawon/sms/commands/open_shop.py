"""OUVERT"""

from __future__ import annotations

from taawon.cooperatives.services import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("OPEN",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    shop.resume(turn.cooperative_id, by=turn.actor)
    return Reply("opened", final=True)
