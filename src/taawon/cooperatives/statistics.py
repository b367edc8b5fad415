"""The register as statistics and open data read it: flat rows, whole or page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import ShopState
from taawon.core.languages import columns

CHUNK = 2_000

_COUNTED = (
    "region_id",
    "province_id",
    "sector_id",
    "is_womens",
    "status",
    "registered_on",
    "shop__state",
    "women",
    "men",
)
# Neither phone nor address: nothing of a person, and no place more precise than the commune.
_PUBLISHED = (
    "pk",
    "slug",
    "registration_kind",
    "registration_number",
    "court",
    "registered_on",
    "status",
    "sector_id",
    "region_id",
    "province_id",
    "commune_id",
    "is_womens",
    "is_youth",
    "women",
    "men",
    "capital_centimes",
    "shop__state",
    *columns("name"),
    *columns("commune__name"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of one cooperative; `year` is that of its registration, if known."""

    region_code: str
    province_code: str
    sector_code: str
    is_womens: bool
    status: str
    year: int | None
    sells: bool
    women: int
    men: int


def entries() -> QuerySet[Cooperative]:
    """Every cooperative that stands on the register: what all figures and files are made of."""
    return Cooperative.objects.filter(merged_into__isnull=True)


def counted() -> Iterator[Counted]:
    """The whole register in one query, so that all that is counted from it is of one moment."""
    return (row for _day, row in counted_by_day())


def counted_by_day() -> Iterator[tuple[date | None, Counted]]:
    """The same, each beside the day of its registration, if known."""
    for row in entries().values_list(*_COUNTED).iterator(chunk_size=CHUNK):
        region, province, sector, womens, status, day, shop, women, men = row
        year = day.year if day else None
        sells = shop == ShopState.OPEN
        yield day, Counted(region, province, sector, womens, status, year, sells, women, men)


def published_after(
    last_id: int, most: int, where: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The next rows of the register in the order of their ids; `where` filters columns."""
    found = entries().filter(pk__gt=last_id, **(where or {})).order_by("pk")
    return list(found.values(*_PUBLISHED)[:most])


def published(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The rows of these cooperatives by id; whoever left the register is not among them."""
    return {row["pk"]: row for row in entries().filter(pk__in=list(ids)).values(*_PUBLISHED)}


def count(where: Mapping[str, Any] | None = None) -> int:
    return entries().filter(**(where or {})).count()
