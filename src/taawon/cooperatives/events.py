"""What the floors above can hear from this room."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEvent(Event):
    claim_id: int
    cooperative_id: int
    person_id: int

    @property
    def subject(self) -> str:
        return f"cooperatives.claim:{self.claim_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMade(ClaimEvent):
    name = "claim-made"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimApproved(ClaimEvent):
    name = "claim-approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRefused(ClaimEvent):
    name = "claim-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWithdrawn(ClaimEvent):
    name = "claim-withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBegun(ClaimEvent):
    """A code is on its way to the phone on record."""

    name = "claim-begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimProved(ClaimEvent):
    """The code came back."""

    name = "claim-proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPapersAdded(ClaimEvent):
    """`papers` is how many."""

    name = "claim-papers-added"
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperativeEvent(Event):
    cooperative_id: int

    @property
    def subject(self) -> str:
        return f"cooperatives.cooperative:{self.cooperative_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperativeAdded(CooperativeEvent):
    name = "cooperative-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutChanged(CooperativeEvent):
    name = "cooperative-about-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodAuthorisationChanged(CooperativeEvent):
    name = "food-authorisation-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOpened(CooperativeEvent):
    name = "shop-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopPaused(CooperativeEvent):
    """`until` is the last day of the pause, as in 2026-08-31."""

    name = "shop-paused"
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopResumed(CooperativeEvent):
    name = "shop-resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSuspended(CooperativeEvent):
    name = "shop-suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopReinstated(CooperativeEvent):
    name = "shop-reinstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupChanged(CooperativeEvent):
    name = "pickup-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEvent(CooperativeEvent):
    membership_id: int
    person_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(MemberEvent):
    """A claim was approved, or an invitation confirmed: who speaks for it from now on."""

    name = "member-joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited(MemberEvent):
    name = "member-invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(MemberEvent):
    name = "member-role-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(MemberEvent):
    name = "member-removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationEvent(CooperativeEvent):
    """It stands in the trail of the cooperative."""

    invitation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationTold(InvitationEvent):
    """The number is to be told; `times` counts how often."""

    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade(InvitationTold):
    """The national team has checked who may open the shop: the first text confirms it."""

    name = "invitation-made"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRepeated(InvitationTold):
    name = "invitation-repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationConfirmed(InvitationEvent):
    name = "invitation-confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDeclined(InvitationEvent):
    name = "invitation-declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(InvitationEvent):
    name = "invitation-withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationExpired(InvitationEvent):
    name = "invitation-expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingBegun(CooperativeEvent):
    """Somebody of the national team runs the shop on the cooperative's behalf from now on."""

    name = "acting-begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingEnded(CooperativeEvent):
    name = "acting-ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberConfirmed(MemberEvent):
    """The national team has found that the person speaks for the cooperative."""

    name = "member-confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReplaced(MemberEvent):
    """The membership ended because a claim of somebody else was approved."""

    name = "member-replaced"
    claim_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeBegun(CooperativeEvent):
    """A second person asks for what others hold by a code alone."""

    name = "dispute-begun"
    claim_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSettled(CooperativeEvent):
    """`claim_id` is the last that was decided or withdrawn."""

    name = "dispute-settled"
    claim_id: int
