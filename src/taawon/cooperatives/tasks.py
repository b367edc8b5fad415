"""What the clock does with invitations."""

from __future__ import annotations

from taawon.cooperatives.services import opening
from taawon.core.actor import Actor
from taawon.journal.clock import every


@every(seconds=60 * 60)
def expire_invitations() -> None:
    opening.expire_due(by=Actor.system())
