"""The lives of a cooperative, its shop, a claim and an invitation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CooperativeStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    INACTIVE = "inactive", _("inactive")
    DISSOLVED = "dissolved", _("dissolved")
    STRUCK_OFF = "struck_off", _("struck off")


class ShopState(models.TextChoices):
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")


class ClaimState(models.TextChoices):
    PENDING = "pending", _("waiting for a decision")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class InvitationState(models.TextChoices):
    WAITING = "waiting", _("waiting for the first text")
    CONFIRMED = "confirmed", _("confirmed by text")
    DECLINED = "declined", _("declined by text")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Role(models.TextChoices):
    PRESIDENT = "president", _("president")
    MANAGER = "manager", _("manager")
    SELLER = "seller", _("seller")


NEXT_CLAIM: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.PENDING: frozenset({ClaimState.APPROVED, ClaimState.REFUSED, ClaimState.WITHDRAWN}),
    ClaimState.APPROVED: frozenset(),
    ClaimState.REFUSED: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
}

NEXT_INVITATION: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.WAITING: frozenset(
        {
            InvitationState.CONFIRMED,
            InvitationState.DECLINED,
            InvitationState.WITHDRAWN,
            InvitationState.EXPIRED,
        }
    ),
    InvitationState.CONFIRMED: frozenset(),
    InvitationState.DECLINED: frozenset(),
    InvitationState.WITHDRAWN: frozenset(),
    InvitationState.EXPIRED: frozenset(),
}
