from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.campaigns.errors import WrongCampaignState
from taawon.campaigns.states import NEXT, Held, State, Turn, Who
from taawon.places.models import Region


class Campaign(models.Model):
    """A text in several languages, to whom it goes, and how far it is."""

    title = models.CharField(max_length=120)
    # The body in each language; sender and STOP are added to it (campaigns/words.py).
    text_fr = models.TextField(blank=True, max_length=480)
    text_ar = models.TextField(blank=True, max_length=480)
    text_zgh = models.TextField(blank=True, max_length=480)
    text_en = models.TextField(blank=True, max_length=480)
    who = models.CharField(max_length=9, choices=Who.choices, default=Who.MEMBERS)
    # Codes; an empty list narrows nothing.
    regions = models.JSONField(default=list, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    roles = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    # Whoever logged in or wrote within so many days; or whoever did not.
    active_days = models.PositiveSmallIntegerField(null=True, blank=True)
    silent_days = models.PositiveSmallIntegerField(null=True, blank=True)
    texts_a_minute = models.PositiveIntegerField(default=600)
    # The region of the agent who wrote it; none for the whole country.
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # How far the audience is written down: the last person of it, and whether that is all.
    last_person_id = models.BigIntegerField(default=0)
    is_complete = models.BooleanField(default=False)
    # When texts were last given to the outbox: the pace counts from there.
    fed_at = models.DateTimeField(null=True, blank=True)
    # What came of it, kept when texts and numbers are erased (campaigns/queries.py: Line).
    totals = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="campaign_state"
            ),
            models.CheckConstraint(condition=models.Q(who__in=Who.values), name="campaign_who"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="campaigns_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def prefix(self) -> str:
        """What the keys of its messages begin with."""
        return f"campaigns.campaign:{self.pk}:"

    @property
    def version(self) -> str:
        """Another one each time that it is written."""
        return self.written_at.isoformat()

    def become(self, wanted: State) -> None:
        if wanted not in NEXT[State(self.state)]:
            raise WrongCampaignState(state=self.get_state_display())
        self.state = wanted

    def insist_on(self, state: State) -> None:
        """For what is done in one state alone. Raises WrongCampaignState in any other."""
        if self.state != state:
            raise WrongCampaignState(state=self.get_state_display())


class Addressee(models.Model):
    """One person of a campaign's audience; the number stands with the person alone."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="addressees")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # The language of the text that they get.
    language = models.CharField(max_length=3)
    turn = models.CharField(max_length=7, choices=Turn.choices, default=Turn.WAITING)
    held_because = models.CharField(max_length=10, choices=Held.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "person"], name="one_text_a_campaign"),
            models.CheckConstraint(condition=models.Q(turn__in=Turn.values), name="addressee_turn"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "turn", "id"], name="addressees_by_turn")
        ]

    def __str__(self) -> str:
        return f"addressee {self.pk}"
