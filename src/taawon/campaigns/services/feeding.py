"""The outbox gets a campaign's texts little by little, at its pace, in the hours of the day.

Each step is one transaction that holds the campaign: a worker that is killed leaves nothing half
done, and pressing Pause waits for the step at most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.campaigns import audience, words
from taawon.campaigns.events import CampaignFinished, CampaignSubmitted
from taawon.campaigns.models import Addressee, Campaign
from taawon.campaigns.states import State, Turn
from taawon.cooperatives.models import Cooperative
from taawon.core.actor import Actor
from taawon.core.languages import said_by, spoken
from taawon.core.locks import lock, lock_all
from taawon.journal.record import record
from taawon.messaging import announcing
from taawon.messaging.announcing import Announcement
from taawon.messaging.rules import may_announce_at
from taawon.places.queries import regions

# People of an audience that are written down in one transaction.
STEP = 500
MOST_STEPS = 4
# So many may wait in the outbox: then a pause or a stop is felt at once.
MOST_IN_OUTBOX = 500
# A worker that was away does not catch up all at once.
LONGEST_GAP = 60  # seconds


def feed_all() -> None:
    """One step of every campaign that is being sent."""
    sending = Campaign.objects.filter(state=State.SENDING).order_by("pk")
    for campaign_id in sending.values_list("pk", flat=True):
        # A worker's clock has other things to do: a large audience takes several turns.
        if not any(not write_audience(campaign_id) for _ in range(MOST_STEPS)):
            continue
        feed(campaign_id)


@transaction.atomic
def write_audience(campaign_id: int) -> bool:
    """Write down the next people of the audience; whether there may be more."""
    campaign = lock(Campaign, pk=campaign_id)
    if campaign.is_complete or campaign.state != State.SENDING:
        return False
    found = audience.candidates(campaign, after=campaign.last_person_id, most=STEP)
    Addressee.objects.bulk_create(
        [
            Addressee(
                campaign=campaign,
                person_id=one.person_id,
                language=one.language,
                turn=Turn.HELD if one.held else Turn.WAITING,
                held_because=one.held,
            )
            for one in found
        ],
        ignore_conflicts=True,
    )
    campaign.is_complete = len(found) < STEP
    campaign.last_person_id = found[-1].person_id if found else campaign.last_person_id
    campaign.save(update_fields=["is_complete", "last_person_id"])
    if campaign.is_complete and _has_grown(campaign):
        _wait_for_approval(campaign)
        return False
    return not campaign.is_complete


def _has_grown(campaign: Campaign) -> bool:
    """More people have agreed since it was small enough to leave unread."""
    if campaign.approved_by_id is not None:
        return False
    waiting = Addressee.objects.filter(campaign=campaign, turn=Turn.WAITING).count()
    return waiting >= settings.CAMPAIGN_APPROVAL_FROM


def _wait_for_approval(campaign: Campaign) -> None:
    """Nothing has left yet: the audience is written down anew when somebody has read it."""
    Addressee.objects.filter(campaign=campaign).delete()
    campaign.become(State.REVIEW)
    campaign.is_complete, campaign.last_person_id, campaign.started_at = False, 0, None
    campaign.save(update_fields=["state", "is_complete", "last_person_id", "started_at"])
    record(CampaignSubmitted(campaign_id=campaign.pk, people=0), by=Actor.system())


@transaction.atomic
def feed(campaign_id: int) -> int:
    """Give the outbox what the pace allows, or end the campaign; how many texts."""
    campaign = lock(Campaign, pk=campaign_id)
    now = timezone.now()
    if campaign.state != State.SENDING or not campaign.is_complete or not may_announce_at(now):
        return 0
    unsettled = announcing.unsettled(campaign.prefix)
    room = min(_allowed(campaign, now), MOST_IN_OUTBOX - unsettled)
    waiting = Addressee.objects.filter(campaign=campaign, turn=Turn.WAITING).order_by("pk")
    chosen = list(waiting[: max(room, 0)])
    if chosen:
        announcing.queue_all(_announcements(campaign, chosen))
        Addressee.objects.filter(pk__in=[one.pk for one in chosen]).update(turn=Turn.QUEUED)
    if chosen or campaign.fed_at is None:
        campaign.fed_at = now
        campaign.save(update_fields=["fed_at"])
    if not chosen and not unsettled and not waiting.exists():
        _finish(campaign, now)
    return len(chosen)


def _allowed(campaign: Campaign, now: datetime) -> int:
    """What the pace allows since the last step; a first step, or one after a pause, waits."""
    if campaign.fed_at is None:
        return 0
    passed = min((now - campaign.fed_at).total_seconds(), LONGEST_GAP)
    return int(passed * campaign.texts_a_minute / 60)


def _finish(campaign: Campaign, now: datetime) -> None:
    campaign.become(State.DONE)
    campaign.ended_at = now
    campaign.save(update_fields=["state", "ended_at"])
    record(CampaignFinished(campaign_id=campaign.pk), by=Actor.system())


def _announcements(campaign: Campaign, chosen: Sequence[Addressee]) -> list[Announcement]:
    """Whoever was erased meanwhile has no number: the text is not written."""
    ids = [one.person_id for one in chosen if one.person_id]
    # Held, so that nobody is erased between the look and the writing.
    people = lock_all(Person, ids)
    homes = _cooperatives(campaign, ids)
    found = []
    for one in chosen:
        person = people.get(one.person_id or 0)
        if person is None or not person.phone or not person.is_active:
            continue
        home = homes.get(person.pk)
        body = str(getattr(campaign, f"text_{one.language}"))
        facts = _facts(person, home, one.language)
        found.append(
            Announcement(
                to=person.phone,
                text=words.write(body, one.language, facts),
                key=f"{campaign.prefix}{one.pk}",
                language=one.language,
                cooperative_id=home.pk if home else None,
            )
        )
    return found


def _cooperatives(campaign: Campaign, person_ids: Sequence[int]) -> dict[int, Cooperative]:
    """The cooperative for which each person belongs to the audience; their oldest one."""
    found = audience.memberships(campaign).filter(person__in=list(person_ids))
    rows = found.select_related("cooperative").order_by("-pk")
    return {one.person_id: one.cooperative for one in rows}


def _facts(person: Person, home: Cooperative | None, language: str) -> Mapping[str, str]:
    place = regions().get((home.region_id if home else person.region_id) or "")
    return {
        "name": person.name,
        "cooperative": said_by(home, "name", language) if home else "",
        "region": spoken(dict(place.names), "name", language) if place else "",
    }
