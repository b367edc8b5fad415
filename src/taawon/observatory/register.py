"""The register as open data: which columns each row has, and which rows a filter lets through.

A row has no phone, no address and no name of a person. A new column is a line in `row` and a line
in `dictionary`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from taawon.cooperatives import history, statistics
from taawon.cooperatives.branches import sectors, within
from taawon.cooperatives.history import Said
from taawon.cooperatives.states import ShopState
from taawon.core.errors import Invalid
from taawon.observatory.dictionary import COLUMNS
from taawon.places.queries import Named, provinces, regions

__all__ = ["COLUMNS", "Filters", "Row", "after", "by_id", "chunks", "count", "row"]
CHUNK = statistics.CHUNK
WOMEN = {"yes": True, "no": False}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; "" is everything. `women` is "yes", "no" or ""."""

    region: str = ""
    sector: str = ""
    women: str = ""

    def checked(self) -> Filters:
        """Itself. Raises Invalid for a value that nobody knows."""
        known: dict[str, Collection[str]] = {
            "region": regions(),
            "sector": sectors(),
            "women": WOMEN,
        }
        for field, values in known.items():
            value = getattr(self, field)
            if value and value not in values:
                raise Invalid(field=field, allowed=values)
        return self

    @property
    def where(self) -> dict[str, Any]:
        """The same, as the database knows it."""
        found: dict[str, Any] = {"region_id": self.region} if self.region else {}
        if self.sector:
            found["sector_id__in"] = within(self.sector)
        return found | ({"is_womens": WOMEN[self.women]} if self.women else {})

    @property
    def chosen(self) -> dict[str, str]:
        """Those that are set, by name."""
        fields = {"region": self.region, "sector": self.sector, "women": self.women}
        return {field: value for field, value in fields.items() if value}


def count(filters: Filters) -> int:
    return statistics.count(filters.where)


def after(last_id: int, most: int, filters: Filters) -> list[Row]:
    """The next rows in the order of their ids; two queries, besides the names of places."""
    return _rows(statistics.published_after(last_id, most, filters.where))


def chunks(filters: Filters, size: int = CHUNK) -> Iterator[list[Row]]:
    """All rows, some at a time: memory does not grow with the register."""
    last_id = 0
    while found := after(last_id, size, filters):
        yield found
        if len(found) < size:
            return
        last_id = found[-1]["id"]


def by_id(ids: list[int]) -> dict[int, Row]:
    return {found["id"]: found for found in _rows(statistics.published(ids).values())}


def _rows(found: Iterable[Mapping[str, Any]]) -> list[Row]:
    entries = list(found)
    origins = history.origins(entry["pk"] for entry in entries)
    return [row(entry, origins.get(entry["pk"])) for entry in entries]


def row(found: Mapping[str, Any], origin: Said | None) -> Row:
    """One cooperative, flat; text, a whole number, true or false, or nothing (None)."""
    day = found["registered_on"]
    # Nobody has no members: where there is no number, it is not known.
    has_members = found["women"] + found["men"] > 0
    return {
        "id": found["pk"],
        "url": f"{settings.SITE_URL}/fr/cooperatives/{found['slug']}-{found['pk']}/",
        "name_fr": found["name_fr"] or "",
        "name_ar": found["name_ar"] or "",
        "name_zgh": found["name_zgh"] or "",
        "name_en": found["name_en"] or "",
        "registration_kind": found["registration_kind"],
        "registration_number": found["registration_number"],
        "court": found["court"],
        "registered_on": day.isoformat() if day else None,
        "status": found["status"],
        **_named("sector", found["sector_id"], sectors()),
        **_named("region", found["region_id"], regions()),
        **_named("province", found["province_id"], provinces()),
        "commune": found["commune_id"],
        "commune_fr": found["commune__name_fr"] or "",
        "commune_ar": found["commune__name_ar"] or "",
        "women": found["women"] if has_members else None,
        "men": found["men"] if has_members else None,
        "capital_centimes": found["capital_centimes"] or None,
        "is_womens": found["is_womens"],
        "is_youth": found["is_youth"],
        "sells_online": found["shop__state"] == ShopState.OPEN,
        "source": (origin.title or origin.source.value) if origin else "",
        "source_date": origin.as_of.isoformat() if origin else None,
    }


def _named(field: str, code: str, known: Mapping[str, Named]) -> Row:
    names = dict(known[code].names) if code in known else {}
    return {
        field: code,
        f"{field}_fr": names.get("name_fr") or "",
        f"{field}_ar": names.get("name_ar") or "",
    }
