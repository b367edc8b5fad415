"""Who may write campaigns, and who may let a large one go."""

from __future__ import annotations

from taawon.accounts import queries as people
from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.campaigns.models import Campaign
from taawon.core.actor import Actor


def person_of(actor: Actor) -> Person | None:
    """The member of the national team who acts."""
    person = people.by_id(actor.person_id) if actor.person_id else None
    return person if person is not None and team.is_staff(person) else None


def may_see(actor: Actor, campaign: Campaign) -> bool:
    """An agent of a region: that region's alone."""
    person = person_of(actor)
    if person is None:
        return False
    region = team.agent_region(person)
    return region is None or campaign.region_id == region


def may_approve(actor: Actor, campaign: Campaign) -> bool:
    """Somebody else than who wrote it last."""
    return may_see(actor, campaign) and campaign.written_by_id != actor.person_id
