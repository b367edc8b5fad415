"""AIDE, AIDE PRIX"""

from __future__ import annotations

from django.conf import settings

from taawon.cooperatives import queries as cooperatives
from taawon.sms.turns import Reply, Turn

INTENTS = ("HELP",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    topic = turn.args.get("topic", "")
    if topic and topic != "HELP":
        return Reply(f"help_{topic}")
    if not cooperatives.shops_of(turn.person_id):
        return Reply("help_customer", {"site": settings.SITE_URL})
    return Reply("help")
