"""A campaign goes off, waits, goes on, or ends before its time."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taawon.campaigns import audience, rules
from taawon.campaigns.errors import NobodyToWriteTo, OwnCampaign, WrittenSince
from taawon.campaigns.events import (
    CampaignPaused,
    CampaignResumed,
    CampaignSentBack,
    CampaignStarted,
    CampaignStopped,
    CampaignSubmitted,
)
from taawon.campaigns.models import Addressee, Campaign
from taawon.campaigns.services.writing import draft, held
from taawon.campaigns.states import State, Turn
from taawon.core.actor import Actor
from taawon.core.locks import lock
from taawon.journal.record import record
from taawon.messaging import announcing
from taawon.messaging.models import Lane
from taawon.messaging.services import LIVES


@transaction.atomic
def submit(campaign_id: int, *, by: Actor) -> Campaign:
    """A small campaign goes off at once; a large one waits for a second person.

    Raises NotFound, WrongCampaignState, NobodyToWriteTo.
    """
    campaign = draft(campaign_id, by=by)
    allowed = _allowed(campaign)
    if allowed < settings.CAMPAIGN_APPROVAL_FROM:
        return _start(campaign, allowed, by)
    campaign.become(State.REVIEW)
    campaign.save(update_fields=["state"])
    record(CampaignSubmitted(campaign_id=campaign.pk, people=allowed), by=by)
    return campaign


@transaction.atomic
def approve(campaign_id: int, version: str, *, by: Actor) -> Campaign:
    """Somebody else has read it: it goes off. `version` is that of what was read (Campaign).

    Raises NotFound, OwnCampaign, WrongCampaignState, WrittenSince, NobodyToWriteTo.
    """
    campaign = held(campaign_id, by=by)
    if not rules.may_approve(by, campaign):
        raise OwnCampaign
    campaign.insist_on(State.REVIEW)
    if version != campaign.version:
        raise WrittenSince
    allowed = _allowed(campaign)
    campaign.approved_by_id = by.person_id
    return _start(campaign, allowed, by)


@transaction.atomic
def send_back(campaign_id: int, *, by: Actor) -> Campaign:
    """To be written again; also by who wrote it. Raises NotFound, WrongCampaignState."""
    campaign = held(campaign_id, by=by)
    campaign.become(State.DRAFT)
    campaign.save(update_fields=["state"])
    record(CampaignSentBack(campaign_id=campaign.pk), by=by)
    return campaign


@transaction.atomic
def pause(campaign_id: int, *, by: Actor) -> Campaign:
    """Nothing more leaves; what waits in the outbox is taken back. Raises as `send_back`."""
    campaign = held(campaign_id, by=by)
    campaign.become(State.PAUSED)
    campaign.fed_at = None
    campaign.save(update_fields=["state", "fed_at"])
    _take_back(campaign)
    record(CampaignPaused(campaign_id=campaign.pk), by=by)
    return campaign


@transaction.atomic
def resume(campaign_id: int, *, by: Actor) -> Campaign:
    """Raises NotFound, WrongCampaignState."""
    campaign = held(campaign_id, by=by)
    campaign.insist_on(State.PAUSED)
    campaign.become(State.SENDING)
    campaign.save(update_fields=["state"])
    record(CampaignResumed(campaign_id=campaign.pk), by=by)
    return campaign


@transaction.atomic
def stop(campaign_id: int, *, by: Actor) -> Campaign:
    """For good: whoever has no text yet gets none. Raises NotFound, WrongCampaignState."""
    campaign = held(campaign_id, by=by)
    campaign.become(State.STOPPED)
    campaign.ended_at = timezone.now()
    campaign.save(update_fields=["state", "ended_at"])
    _take_back(campaign)
    record(CampaignStopped(campaign_id=campaign.pk), by=by)
    return campaign


def take_back_late() -> None:
    """What was on the road when a campaign was paused or stopped, and came back untaken."""
    since = timezone.now() - LIVES[Lane.CAMPAIGN]
    halted = Campaign.objects.filter(state=State.PAUSED) | Campaign.objects.filter(
        state=State.STOPPED, ended_at__gte=since
    )
    for campaign in halted.order_by("pk"):
        if announcing.unsettled(campaign.prefix):
            _take_back_again(campaign.pk)


@transaction.atomic
def _take_back_again(campaign_id: int) -> None:
    campaign = lock(Campaign, pk=campaign_id)
    if campaign.state in (State.PAUSED, State.STOPPED):
        _take_back(campaign)


def _start(campaign: Campaign, people: int, by: Actor) -> Campaign:
    campaign.become(State.SENDING)
    campaign.started_at = timezone.now()
    campaign.save(update_fields=["state", "started_at", "approved_by"])
    record(CampaignStarted(campaign_id=campaign.pk, people=people), by=by)
    return campaign


def _allowed(campaign: Campaign) -> int:
    """How many may be written to at this moment. Raises NobodyToWriteTo."""
    allowed = audience.reach(campaign).allowed
    if not allowed:
        raise NobodyToWriteTo
    return allowed


def _take_back(campaign: Campaign) -> None:
    """What no gateway has taken yet waits for its turn again; after a stop nothing is repeated."""
    if campaign.state == State.STOPPED:
        announcing.abandon(campaign.prefix)
    ids = [int(key.removeprefix(campaign.prefix)) for key in announcing.withdraw(campaign.prefix)]
    waiting = Addressee.objects.filter(campaign=campaign, pk__in=ids, turn=Turn.QUEUED)
    waiting.update(turn=Turn.WAITING)
