"""What the national team sees of cooperatives and claims; the caller has asked the rules."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet

from taawon.cooperatives import outcomes
from taawon.cooperatives.models import Claim, Cooperative, Membership, Shop
from taawon.cooperatives.states import ClaimState, CooperativeStatus, ShopState

OTHERS = "not_active"


def claims(state: str, region_code: str | None = None) -> QuerySet[Claim]:
    """Claims with an outcome: those that wait as `most_urgent`, decided ones newest first."""
    found = outcomes.in_state(state)
    if region_code:
        found = found.filter(cooperative__region_id=region_code)
    if state == ClaimState.PENDING:
        return most_urgent(found)
    return found.order_by("-decided_at", "-pk")


def most_urgent(found: QuerySet[Claim]) -> QuerySet[Claim]:
    """Where two people ask first, since nobody can work there; then the oldest."""
    disputed = F("cooperative__disputed_since").asc(nulls_last=True)
    return found.order_by(disputed, "created_at", "pk")


def with_papers(found: QuerySet[Claim]) -> QuerySet[Claim]:
    """A page of `claims(…)` with its people, cooperatives and `paper_count`, in one query;
    `outcomes.of` tells of each."""
    counted = outcomes.with_speaks(found).annotate(paper_count=Count("papers"))
    return counted.select_related("cooperative", "person")


def cooperatives(kind: str, region_code: str | None = None) -> QuerySet[Cooperative]:
    """`kind` is a state of shops, or "not_active" for entries that may not sell; by id."""
    if kind == OTHERS:
        found = Cooperative.objects.exclude(status=CooperativeStatus.ACTIVE)
        found = found.filter(merged_into__isnull=True)
    else:
        found = Cooperative.objects.filter(shop__state=kind)
    return (found.filter(region_id=region_code) if region_code else found).order_by("pk")


def shops_open(region_code: str | None = None) -> QuerySet[Shop]:
    found = Shop.objects.filter(state=ShopState.OPEN)
    return found.filter(cooperative__region_id=region_code) if region_code else found


def former_members(cooperative_id: int) -> QuerySet[Membership]:
    """Who spoke for a cooperative once, the last to leave first."""
    ended = Membership.objects.filter(cooperative_id=cooperative_id, ended_at__isnull=False)
    return ended.select_related("person").order_by("-ended_at")
