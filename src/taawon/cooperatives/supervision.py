"""What the national team sees of cooperatives and claims; the caller has asked the rules."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from taawon.cooperatives.models import Claim, Cooperative, Membership, Shop
from taawon.cooperatives.states import ClaimState, CooperativeStatus, ShopState

OTHERS = "not_active"


def claims(state: str, region_code: str | None = None) -> QuerySet[Claim]:
    """Claims in a state: those that wait oldest first, decided ones newest first."""
    found = Claim.objects.filter(state=state)
    if region_code:
        found = found.filter(cooperative__region_id=region_code)
    if state == ClaimState.PENDING:
        return found.order_by("created_at", "pk")
    return found.order_by("-decided_at", "-pk")


def with_papers(found: QuerySet[Claim]) -> QuerySet[Claim]:
    """A page of `claims(…)` with its people, cooperatives and `paper_count`, in one query."""
    return found.select_related("cooperative", "person").annotate(paper_count=Count("papers"))


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
