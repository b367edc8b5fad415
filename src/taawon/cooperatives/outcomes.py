"""What an approved claim is worth now, and why it is worth nothing any more.

An approval holds while its person speaks for the cooperative; who lost a dispute, was followed by
another president or left reads so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from taawon.cooperatives import pairs
from taawon.cooperatives.events import MemberRemoved, MemberReplaced
from taawon.cooperatives.models import Claim, Membership
from taawon.cooperatives.states import ClaimState, Ending, Outcome
from taawon.journal import queries as journal


@dataclass(frozen=True, slots=True)
class End:
    """Why somebody no longer speaks for a cooperative, and since when (None: not known)."""

    why: Ending
    at: datetime | None = None


def with_speaks(found: QuerySet[Claim]) -> QuerySet[Claim]:
    """Each with `speaks`: whether its person speaks for its cooperative now."""
    return found.annotate(speaks=_speaks())


def in_state(state: str) -> QuerySet[Claim]:
    """Claims with this outcome; those in dispute stand among the approved."""
    if state not in (ClaimState.APPROVED, Outcome.ENDED):
        return Claim.objects.filter(state=state)
    approved = Claim.objects.filter(state=ClaimState.APPROVED)
    return approved.filter(_speaks() if state == ClaimState.APPROVED else ~_speaks())


def of(claim: Any) -> Outcome:
    """Of a claim of `with_speaks`, with its cooperative; no query."""
    if claim.state != ClaimState.APPROVED:
        return Outcome(claim.state)
    if not claim.speaks:
        return Outcome.ENDED
    return Outcome.LOCKED if claim.cooperative.disputed_since else Outcome.APPROVED


def takes_papers(claim: Any) -> bool:
    """Whether papers may still tell in its favour: it waits, or what it gave is in dispute."""
    return of(claim) in (Outcome.PENDING, Outcome.LOCKED)


def end(claim: Claim) -> End:
    """Of a claim whose outcome is ENDED; four queries."""
    last = (
        Membership.objects.filter(
            cooperative=claim.cooperative_id, person=claim.person_id, ended_at__isnull=False
        )
        .order_by("-ended_at", "-pk")
        .first()
    )
    if last is None:
        return End(Ending.UNKNOWN)
    told = (
        journal.of_subjects(pairs.subjects(claim.cooperative_id))
        .filter(name__in=(MemberReplaced.name, MemberRemoved.name), facts__membership_id=last.pk)
        .first()
    )
    return End(_why(claim, told), last.ended_at)


def _speaks() -> Exists:
    theirs = Membership.objects.filter(
        cooperative=OuterRef("cooperative"), person=OuterRef("person"), ended_at__isnull=True
    )
    return Exists(theirs)


def _why(claim: Claim, told: Any) -> Ending:
    if told is None:
        return Ending.UNKNOWN
    if told.name == MemberReplaced.name:
        elected = Claim.objects.filter(pk=told.facts["claim_id"], succession=True)
        return Ending.SUCCESSION if elected.exists() else Ending.DISPUTE
    if told.for_cooperative is not None:
        return Ending.TEAM
    return Ending.LEFT if told.person_id == claim.person_id else Ending.REMOVED
