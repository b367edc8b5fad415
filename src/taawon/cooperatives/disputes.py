"""Two people ask for one cooperative: nobody who came by a code alone may change it meanwhile.

Whoever calls holds the cooperative, and records what happened.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from taawon.cooperatives.events import (
    CooperativeEvent,
    DisputeBegun,
    DisputeSettled,
    MemberConfirmed,
    MemberReplaced,
)
from taawon.cooperatives.models import Claim, Cooperative, Membership
from taawon.cooperatives.states import ClaimState, Role


def members(cooperative_id: int) -> QuerySet[Membership]:
    """Who speaks for it now."""
    return Membership.objects.filter(cooperative_id=cooperative_id, ended_at__isnull=True)


def begin_if_doubtful(cooperative: Cooperative, claim: Claim) -> list[CooperativeEvent]:
    """A claim freezes those who were let in by a code alone; nobody whom the team has confirmed."""
    there = members(cooperative.pk)
    known = there.filter(confirmed=True) | there.filter(person_id=claim.person_id)
    if cooperative.disputed_since or known.exists() or not there.exists():
        return []
    cooperative.disputed_since = timezone.now()
    cooperative.save(update_fields=["disputed_since"])
    return [DisputeBegun(cooperative_id=cooperative.pk, claim_id=claim.pk)]


def end_if_over(claim: Claim, cooperative: Cooperative, *, decided: bool) -> list[CooperativeEvent]:
    """Nobody else asks any more. What a registrar has decided confirms who is there."""
    if not cooperative.disputed_since or _others(cooperative.pk).exists():
        return []
    cooperative.disputed_since = None
    cooperative.save(update_fields=["disputed_since"])
    settled: CooperativeEvent = DisputeSettled(cooperative_id=cooperative.pk, claim_id=claim.pk)
    return [*(confirm(members(cooperative.pk)) if decided else []), settled]


def confirm(rows: QuerySet[Membership]) -> list[CooperativeEvent]:
    unsure = list(rows.filter(confirmed=False).order_by("pk"))
    Membership.objects.filter(pk__in=[one.pk for one in unsure]).update(confirmed=True)
    return [
        MemberConfirmed(
            cooperative_id=one.cooperative_id,
            membership_id=one.pk,
            person_id=one.person_id,
            role=one.role,
        )
        for one in unsure
    ]


def leaves(one: Membership, claim: Claim) -> bool:
    """Whether the approval of a claim puts a member out."""
    if one.person_id == claim.person_id:
        return False
    doubtful = claim.cooperative.disputed_since is not None and not one.confirmed
    return doubtful or (claim.succession and one.role == Role.PRESIDENT)


def is_wrong_then(other: Claim, claim: Claim) -> bool:
    """Whether the other cannot be right once this one is: in a dispute, and for presiding."""
    if claim.cooperative.disputed_since is not None:
        return True
    return claim.role == other.role == Role.PRESIDENT


def replace_by(claim: Claim) -> list[CooperativeEvent]:
    """Whom the approval of a claim puts out: their memberships end at once."""
    there = members(claim.cooperative_id).order_by("pk")
    ended = [one for one in there if leaves(one, claim)]
    Membership.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=timezone.now())
    return [
        MemberReplaced(
            cooperative_id=one.cooperative_id,
            membership_id=one.pk,
            person_id=one.person_id,
            role=one.role,
            claim_id=claim.pk,
        )
        for one in ended
    ]


def rivals(claim: Claim) -> list[Claim]:
    """Claims of others that are refused with the approval of this one."""
    others = Claim.objects.filter(cooperative=claim.cooperative, state=ClaimState.PENDING)
    others = others.exclude(pk=claim.pk).select_related("person").order_by("pk")
    return [other for other in others if is_wrong_then(other, claim)]


def _others(cooperative_id: int) -> QuerySet[Claim]:
    waiting = Claim.objects.filter(cooperative_id=cooperative_id, state=ClaimState.PENDING)
    return waiting.exclude(person__in=members(cooperative_id).values("person"))
