"""How many cooperatives there are, and where their pages are."""

from __future__ import annotations

from django.db.models import Count

from taawon.cooperatives.models import Cooperative
from taawon.core.memory import remember


@remember(seconds=60)
def counts_by_region() -> dict[str, int]:
    """All entries of the register, by region code."""
    rows = (
        Cooperative.objects.filter(merged_into__isnull=True)
        .values("region_id")
        .annotate(n=Count("pk"))
        .order_by("region_id")
    )
    return dict(rows.values_list("region_id", "n"))


def count() -> int:
    return sum(counts_by_region().values())


def addresses(start: int, most: int) -> list[tuple[str, int]]:
    """(slug, id) of the pages, for the sitemap."""
    live = Cooperative.objects.filter(merged_into__isnull=True)
    rows = live.order_by("pk").values_list("slug", "pk")
    return list(rows[start : start + most])
