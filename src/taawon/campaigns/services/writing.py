"""A campaign is written, changed, tried on one's own phone, and thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taawon.accounts import rules as team
from taawon.campaigns import rules, words
from taawon.campaigns.errors import NoOwnPhone, NoText, OnlyForMembers
from taawon.campaigns.events import CampaignRemoved, CampaignTried, CampaignWritten
from taawon.campaigns.models import Campaign
from taawon.campaigns.states import State, Who
from taawon.cooperatives.models import Sector
from taawon.cooperatives.states import Role
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from taawon.core.languages import LANGUAGES, texts_of
from taawon.core.locks import lock_or_not_found
from taawon.core.phone import takes_texts
from taawon.journal.record import record
from taawon.messaging import services as messaging
from taawon.messaging.models import Lane
from taawon.places.queries import regions

LEAST_PACE, MOST_PACE = 10, 10_000  # texts a minute
MOST_LETTERS = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a campaign says, and to whom. Codes; empty lists narrow nothing, days None neither."""

    title: str
    texts: Mapping[str, str]
    who: str = Who.MEMBERS
    regions: Sequence[str] = ()
    sectors: Sequence[str] = ()
    roles: Sequence[str] = ()
    languages: Sequence[str] = ()
    active_days: int | None = None
    silent_days: int | None = None
    texts_a_minute: int = 600


@transaction.atomic
def write(wish: Wish, *, by: Actor) -> Campaign:
    """A new draft. Raises NotFound, Invalid (`field`) with what belongs to it."""
    campaign = Campaign(region_id=_own_region(by))
    return _save(campaign, wish, by)


@transaction.atomic
def change(campaign_id: int, wish: Wish, *, by: Actor) -> Campaign:
    """Of a draft alone. Raises NotFound, WrongCampaignState, Invalid (`field`)."""
    campaign = draft(campaign_id, by=by)
    return _save(campaign, wish, by)


@transaction.atomic
def remove(campaign_id: int, *, by: Actor) -> None:
    """Throw a draft away. Raises NotFound, WrongCampaignState."""
    campaign = draft(campaign_id, by=by)
    record(CampaignRemoved(campaign_id=campaign.pk), by=by)
    campaign.delete()


@transaction.atomic
def try_out(campaign_id: int, *, by: Actor) -> int:
    """Send every text to one's own phone, with one's own name; how many.

    The same words within a minute are sent once. Raises NotFound, NoOwnPhone.
    """
    campaign = held(campaign_id, by=by)
    person = rules.person_of(by)
    if person is None or not person.phone or not takes_texts(person.phone):
        raise NoOwnPhone
    facts = {"name": person.name, "cooperative": campaign.title, "region": ""}
    bodies = texts_of(campaign, "text")
    for language, body in bodies.items():
        text = words.write(body, language, facts)
        told = hashlib.sha256(f"{text}{timezone.now():%Y%m%d%H%M}".encode()).hexdigest()[:16]
        messaging.queue(
            person.phone,
            text,
            key=f"campaigns.trial:{campaign.pk}:{person.pk}:{language}:{told}",
            lane=Lane.REPLY,
            language=language,
        )
    record(CampaignTried(campaign_id=campaign.pk), by=by)
    return len(bodies)


def held(campaign_id: int, *, by: Actor) -> Campaign:
    """The campaign, locked, for whoever may see it. Raises NotFound."""
    campaign = lock_or_not_found(Campaign, pk=campaign_id)
    if not rules.may_see(by, campaign):
        raise NotFound
    return campaign


def draft(campaign_id: int, *, by: Actor) -> Campaign:
    """The same, of what is still being written. Raises NotFound, WrongCampaignState."""
    campaign = held(campaign_id, by=by)
    campaign.insist_on(State.DRAFT)
    return campaign


def _save(campaign: Campaign, wish: Wish, by: Actor) -> Campaign:
    values = _checked(wish)
    if campaign.region_id is not None:
        values["regions"] = [campaign.region_id]
    for name, value in values.items():
        setattr(campaign, name, value)
    campaign.written_by_id = by.person_id
    campaign.written_at = timezone.now()
    campaign.save()
    record(CampaignWritten(campaign_id=campaign.pk), by=by)
    return campaign


def _own_region(by: Actor) -> str | None:
    """An agent of a region writes to that region alone. Raises NotFound."""
    person = rules.person_of(by)
    if person is None:
        raise NotFound
    return team.agent_region(person)


def _checked(wish: Wish) -> dict[str, Any]:
    if wish.who not in Who.values:
        raise Invalid(field="who")
    if wish.who != Who.MEMBERS and (wish.roles or wish.sectors):
        raise OnlyForMembers(field="roles" if wish.roles else "sectors")
    texts = written.by_language(wish.texts, field="text", most=MOST_LETTERS, of_lines=True)
    bodies = {language: texts.get(f"text_{language}", "") for language in LANGUAGES}
    if not bodies["fr"] and not bodies["ar"]:
        raise NoText(field="text_fr")
    words.check(bodies, wish.who)
    return {
        "title": written.line(wish.title, field="title", most=120),
        **{f"text_{language}": body for language, body in bodies.items()},
        "who": wish.who,
        "regions": _known(wish.regions, regions(), "regions"),
        "sectors": _sectors(wish.sectors),
        "roles": _known(wish.roles, Role.values, "roles"),
        "languages": _known(wish.languages, dict(settings.LANGUAGES), "languages"),
        "active_days": _days(wish.active_days, "active_days"),
        "silent_days": _days(wish.silent_days, "silent_days"),
        "texts_a_minute": written.whole(
            wish.texts_a_minute, field="texts_a_minute", least=LEAST_PACE, most=MOST_PACE
        ),
    }


def _known(codes: Sequence[str], known: Any, field: str) -> list[str]:
    if any(code not in known for code in codes):
        raise Invalid(field=field)
    return sorted(set(codes))


def _sectors(codes: Sequence[str]) -> list[str]:
    known = set(Sector.objects.filter(pk__in=list(codes)).values_list("pk", flat=True))
    return _known(codes, known, "sectors")


def _days(days: int | None, field: str) -> int | None:
    return None if days is None else written.whole(days, field=field, least=1, most=3650)
