"""Likely duplicates, merges and reports, as the national team reads them; who asked the rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from taawon.cooperatives import merging
from taawon.cooperatives.models import Claim, Cooperative, Membership, Merge, Pair, Report
from taawon.cooperatives.states import ClaimState, PairState, ReportState

# From which score on: nearly sure, likely, worth a look.
SCORES = (95, 85, 70)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an entry that was merged went: the one that is left in the end."""

    id: int
    slug_id: str


def kept(entry: Cooperative) -> Kept | None:
    """None for an entry that was not merged; else one query."""
    into = entry.merged_into_id
    if into is None:
        return None
    slug = Cooperative.objects.filter(pk=into).values_list("slug", flat=True).get()
    return Kept(into, f"{slug}-{into}")


def pairs(
    state: str, *, least: int = 0, most: int = 100, region_code: str | None = None
) -> QuerySet[Pair]:
    """The likeliest first; of a region those whose entries both lie in it. Likely ones are pairs
    of entries that are both still there."""
    found = _of_region(Pair.objects.filter(state=state), region_code)
    found = found.filter(score__gte=least, score__lte=most)
    if state == PairState.LIKELY:
        found = found.filter(first__merged_into=None, second__merged_into=None)
        return found.order_by("-score", "pk")
    return found.order_by("-decided_at", "-pk")


def with_entries(found: QuerySet[Pair]) -> QuerySet[Pair]:
    return found.select_related("first", "second")


def by_score(region_code: str | None = None) -> dict[int, int]:
    """{least score: how many likely pairs}, each band without those above; one query."""
    bounds = list(zip(SCORES, (101, *SCORES), strict=False))
    counted = pairs(PairState.LIKELY, region_code=region_code).aggregate(
        **{
            f"from_{least}": Count("pk", filter=Q(score__gte=least, score__lt=below))
            for least, below in bounds
        }
    )
    return {least: counted[f"from_{least}"] for least in SCORES}


def pair_of(one_id: int, other_id: int) -> Pair | None:
    first, second = sorted((one_id, other_id))
    return Pair.objects.filter(first=first, second=second).first()


def what_moves(cooperative_id: int) -> dict[str, int]:
    """{"orders": 12, "products": 3, …} of an entry, in every room."""
    return {
        name: n
        for _room, mover in merging.in_turn()
        for name, n in mover.count(cooperative_id).items()
    }


def merges(region_code: str | None = None, *, undone: bool = False) -> QuerySet[Merge]:
    """The newest first, with their entries."""
    found = Merge.objects.filter(undone_at__isnull=not undone)
    if region_code:
        found = found.filter(kept__region_id=region_code)
    return found.select_related("kept", "gone").order_by("-pk")


def merges_of(cooperative_id: int) -> list[Merge]:
    """Those by which it went or grew, and which hold; the newest first."""
    theirs = Q(kept=cooperative_id) | Q(gone=cooperative_id)
    found = Merge.objects.filter(theirs, undone_at__isnull=True)
    return list(found.select_related("kept", "gone").order_by("-pk"))


def subjects(cooperative_id: int) -> list[str]:
    """What the trail of an entry is about: itself, what was merged into it, and its claims."""
    ids = [cooperative_id]
    ids += Cooperative.objects.filter(merged_into=cooperative_id).values_list("pk", flat=True)
    claims = Claim.objects.filter(cooperative_id=cooperative_id).values_list("pk", flat=True)
    return [
        *(f"cooperatives.cooperative:{pk}" for pk in ids),
        *(f"cooperatives.claim:{pk}" for pk in claims),
    ]


def rivals(claim: Claim) -> list[Claim]:
    """Who else asks for the same cooperative now, with their papers; the oldest first."""
    waiting = ClaimState.PENDING
    others = Claim.objects.filter(cooperative_id=claim.cooperative_id, state=waiting)
    others = others.exclude(pk=claim.pk).select_related("person").prefetch_related("papers")
    return list(others.order_by("created_at", "pk"))


def memberships(cooperative_id: int) -> list[Membership]:
    """Who speaks for it now, with their persons: how each came in shows."""
    there = Membership.objects.filter(cooperative_id=cooperative_id, ended_at__isnull=True)
    return list(there.select_related("person").order_by("pk"))


def claims_behind(cooperative_id: int) -> dict[int, Claim]:
    """{person: the last approved claim of theirs}, with papers; two queries."""
    approved = Claim.objects.filter(cooperative_id=cooperative_id, state=ClaimState.APPROVED)
    found = approved.prefetch_related("papers").order_by("pk")
    return {claim.person_id: claim for claim in found}


def reports(state: str, region_code: str | None = None) -> QuerySet[Report]:
    """Those that wait the oldest first, the others the newest first."""
    found = Report.objects.filter(state=state)
    if region_code:
        found = found.filter(cooperative__region_id=region_code)
    if state == ReportState.WAITING:
        return found.order_by("made_at", "pk")
    return found.order_by("-settled_at", "-pk")


def report(report_id: int, cooperative_id: int) -> Report | None:
    """One that is about this very entry, whatever became of it."""
    return Report.objects.filter(pk=report_id, cooperative_id=cooperative_id).first()


def with_cooperatives(found: QuerySet[Report]) -> QuerySet[Report]:
    return found.select_related("cooperative")


def _of_region(found: QuerySet[Pair], region_code: str | None) -> QuerySet[Pair]:
    if region_code is None:
        return found
    return found.filter(first__region_id=region_code, second__region_id=region_code)
