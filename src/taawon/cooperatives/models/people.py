"""Who speaks for a cooperative, who asks to, and who was invited."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.cooperatives.errors import InvitationOver
from taawon.cooperatives.models.register import Cooperative
from taawon.cooperatives.states import (
    NEXT_INVITATION,
    ClaimState,
    InvitationState,
    Proof,
    Role,
)


class Membership(models.Model):
    """That a person speaks for a cooperative, in a role; ended when `ended_at` is set."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    # Not yet: who was let in by a code alone, or by somebody who was.
    confirmed = models.BooleanField(default=True)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperative", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="one_membership_each",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="member_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.cooperative_id}"


class Claim(models.Model):
    """Somebody asks to run a cooperative's shop: by papers, on which the national team decides, or
    by a code to the phone on record, which lets in at once where nobody else asks."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="claims")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.PRESIDENT)
    proof = models.CharField(max_length=6, choices=Proof.choices, default=Proof.PAPERS)
    # Elected anew: who presided until now leaves when it is approved.
    succession = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.PENDING)
    message = models.TextField(blank=True, max_length=1000)
    reason = models.TextField(blank=True, max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    # When the code came back.
    proved_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperative", "person"],
                condition=models.Q(state="pending"),
                name="one_pending_claim_each",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "person"],
                condition=models.Q(state="proving"),
                name="one_claim_by_code_each",
            ),
            models.CheckConstraint(condition=models.Q(proof__in=Proof.values), name="claim_proof"),
            models.CheckConstraint(
                condition=models.Q(state__in=ClaimState.values), name="claim_state"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="claims_to_decide")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.cooperative_id}"


class ClaimPaper(models.Model):
    """A paper that proves a claim: a private file with a random name, never its own."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="papers")
    file = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """An agent has checked who may open a shop; a text from that number confirms it.

    Until then nobody is a member. Phone and name are blanked when `expires_at` has passed.
    """

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="invitations"
    )
    phone = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.PRESIDENT)
    language = models.CharField(max_length=3, choices=settings.LANGUAGES, default="fr")
    # What was looked at instead of papers that are sent in.
    checked = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=InvitationState.choices, default=InvitationState.WAITING
    )
    made_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(default=timezone.now)
    times_told = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phone", "cooperative"],
                condition=models.Q(state="waiting"),
                name="one_waiting_invitation_each",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=InvitationState.values), name="invitation_state"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[Role.PRESIDENT, Role.MANAGER]),
                name="invitation_role",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waiting", phone=""), name="who_is_awaited_has_a_phone"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"],
                name="invitations_to_forget",
                condition=~models.Q(phone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def become(self, wanted: InvitationState) -> None:
        if wanted not in NEXT_INVITATION[InvitationState(self.state)]:
            raise InvitationOver
        self.state = wanted
        self.settled_at = timezone.now()
