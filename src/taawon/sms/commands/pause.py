"""PAUSE: the shop is closed for a month, after a code."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from taawon.cooperatives.services import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("PAUSE",)
FOR_SHOP = True
DAYS = 30


def run(turn: Turn) -> Reply:
    day = timezone.localdate() + timedelta(days=DAYS)
    if not turn.confirmed:
        return Reply("pause_code", {"day": day}, risky=True)
    shop.pause(turn.cooperative_id, day, by=turn.actor)
    return Reply("paused", {"day": day}, final=True)
