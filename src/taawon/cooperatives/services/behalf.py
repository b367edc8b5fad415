"""The national team runs a shop on its cooperative's behalf: from when, until when."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from taawon.cooperatives import rules
from taawon.cooperatives.errors import NoShop
from taawon.cooperatives.events import ActingBegun, ActingEnded
from taawon.cooperatives.models import Cooperative, Shop
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.journal.record import record


@transaction.atomic
def begin(cooperative_id: int, *, by: Actor) -> Actor:
    """The actor for all that follows; the cooperative sees that it has begun.

    Raises NotFound, NotAllowed, NoShop.
    """
    rules.insist_on_supervising(by, cooperative_id)
    if not Shop.objects.filter(pk=cooperative_id).exists():
        raise NoShop if Cooperative.objects.filter(pk=cooperative_id).exists() else NotFound
    acting = replace(by, for_cooperative=cooperative_id)
    record(ActingBegun(cooperative_id=cooperative_id), by=acting)
    return acting


@transaction.atomic
def end(cooperative_id: int, *, by: Actor) -> None:
    """Also when the right to it was withdrawn meanwhile. Raises NotFound outside of the team."""
    if not rules.in_the_team(by):
        raise NotFound
    record(
        ActingEnded(cooperative_id=cooperative_id), by=replace(by, for_cooperative=cooperative_id)
    )
