"""What the clock does with invitations, claims, register files and likely duplicates."""

from __future__ import annotations

from django.utils import timezone

from taawon.cooperatives.services import claims, duplicates, forgetting, opening
from taawon.core.actor import Actor
from taawon.journal.clock import every
from taawon.places.queries import provinces


@every(seconds=60 * 60)
def expire_invitations() -> None:
    opening.expire_due(by=Actor.system())


@every(seconds=60 * 60)
def forget_unproved_claims() -> None:
    claims.forget_unproved(by=Actor.system())


@every(seconds=24 * 60 * 60)
def forget_old_register_files() -> None:
    forgetting.forget_old(by=Actor.system())


@every(seconds=15 * 60)
def look_for_duplicates() -> None:
    """A province at a time, so that no run is long: the whole register in less than a day."""
    codes = [*provinces(), ""]
    turn = int(timezone.now().timestamp()) // (15 * 60) % len(codes)
    if code := codes[turn]:
        duplicates.scan_province(code, by=Actor.system())
    else:
        duplicates.scan_phones(by=Actor.system())
