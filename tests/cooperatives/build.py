"""Somebody who is asked by text to open a shop."""

from __future__ import annotations

from typing import Any

from taawon.cooperatives.models import Cooperative, Invitation
from taawon.cooperatives.services import opening
from taawon.core.actor import Actor, Channel

PHONE = "+212655000000"
UNKNOWN = Actor(person_id=None, channel=Channel.SMS)


def invite(cooperative: Cooperative, by: Actor, **more: Any) -> Invitation:
    asked = {
        "phone": "0655 00 00 00",
        "name": "Rahma",
        "role": "president",
        "language": "ar",
        "checked": "Papiers vus",
    }
    return opening.invite(cooperative.pk, **(asked | more), by=by)


def state(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.state
