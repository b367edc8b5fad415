"""OUI to an invitation: see sms/invited.py."""

from __future__ import annotations

from taawon.cooperatives.services import opening
from taawon.sms import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("JOIN",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    invitation = opening.confirm(turn.args["invitation"], turn.phone, by=turn.actor)
    return Reply("joined", {"name": shop.name_of(invitation.cooperative, turn)})
