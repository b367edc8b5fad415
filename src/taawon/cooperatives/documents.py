"""Cooperatives as the index knows them. Registers itself as the app gets ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from taawon.cooperatives import branches
from taawon.cooperatives.models import Cooperative, Sector
from taawon.cooperatives.states import CooperativeStatus, ShopState
from taawon.core.languages import columns
from taawon.core.memory import remember
from taawon.places.models import Province, Region
from taawon.places.resolve import spellings
from taawon.search.documents import Document, register

KIND = "cooperative"
FACETS = (
    "region",
    "province",
    "commune",
    "sector",
    "women",
    "youth",
    "status",
    "certificate",
    "sells",
)
NUMBERS = ("sells", "newest", "members", "added")
CHUNK = 5_000
# The value of the facet "commune" of those whose commune nobody wrote down.
NO_COMMUNE = "none"
# Among equal hits: who sells, then who is active.
SELLING, ACTIVE = 500, 300

_ROW = (
    "pk",
    "sector_id",
    "region_id",
    "province_id",
    "commune_id",
    "is_womens",
    "is_youth",
    "label_codes",
    "women",
    "men",
    "registered_on",
    "created_at",
    "registration_number",
    "status",
    "shop__state",
    *columns("name"),
    *columns("purpose"),
    *columns("about"),
    "commune__aliases",
    *columns("commune__name"),
)


def build(ids: Sequence[int]) -> list[Document]:
    """The documents of all on the register; at most four queries however many there are."""
    live = Cooperative.objects.filter(pk__in=ids, merged_into__isnull=True)
    rows = list(live.order_by("pk").values(*_ROW))
    if not rows:
        return []
    sectors, named = _names_of_branches(), places()
    return [_document(row, sectors, named) for row in rows]


def _names_of_branches() -> dict[str, str]:
    """Of each field of activity: its names, and its category's."""
    rows = {
        row["code"]: row for row in Sector.objects.values("code", "parent_id", *columns("name"))
    }
    return {
        code: " ".join(words(rows[each], "name") for each in (code, row["parent_id"]) if each)
        for code, row in rows.items()
    }


def all_ids() -> Iterator[int]:
    register_rows = Cooperative.objects.order_by("pk")
    last = 0
    while ids := list(register_rows.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield from ids
        last = ids[-1]


def _document(
    row: Mapping[str, Any],
    sectors: Mapping[str, str],
    named: Mapping[str, str],
) -> Document:
    sells = row["shop__state"] == ShopState.OPEN
    body = (
        sectors[row["sector_id"]],
        row["registration_number"],
        *texts(row, "purpose"),
        *texts(row, "about"),
    )
    return Document(
        kind=KIND,
        id=row["pk"],
        names=texts(row, "name"),
        body=body,
        proper=(place_names(row, named),),
        rank=SELLING * sells + ACTIVE * (row["status"] == CooperativeStatus.ACTIVE),
        terms={
            "region": (row["region_id"],),
            "province": (row["province_id"],),
            "commune": (row["commune_id"] or NO_COMMUNE,),
            "sector": (row["sector_id"],),
            "women": ("yes" if row["is_womens"] else "no",),
            "youth": ("yes" if row["is_youth"] else "no",),
            "status": (row["status"],),
            # What nobody can buy here bears no label either.
            "certificate": tuple(row["label_codes"]) if sells else (),
            "sells": ("yes" if sells else "no",),
        },
        numbers={
            "sells": int(sells),
            "newest": _epoch(row["registered_on"]),
            "members": row["women"] + row["men"],
            "added": int(row["created_at"].timestamp()),
        },
    )


def _epoch(day: Any) -> int:
    """Seconds, from the beginning of that day; 0 for none, and for a day before 1970."""
    if day is None:
        return 0
    return max(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()), 0)


def texts(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """A translated field of a row in the languages that it has."""
    return tuple([text for column in columns(field) if (text := row[column])])


def words(row: Mapping[str, Any], field: str) -> str:
    """A translated field of a row in all its languages, as one text."""
    return " ".join(texts(row, field))


def place_names(row: Mapping[str, Any], named: Mapping[str, str], before: str = "") -> str:
    """The names of the commune, province and region of a cooperative; `before` leads to it."""
    return " ".join(
        (
            words(row, f"{before}commune__name"),
            row[f"{before}commune__aliases"] or "",
            named.get(row[f"{before}province_id"], ""),
            named.get(row[f"{before}region_id"], ""),
        )
    )


@remember(seconds=60)
def places() -> dict[str, str]:
    """By the code of each region and province: its names, and other spellings that people use."""
    # What registers call a region may be a former one, larger than it: that finds too much.
    called = spellings(Province)
    return {
        row["code"]: " ".join([words(row, "name"), row["aliases"], *called.get(row["code"], ())])
        for model in (Region, Province)
        for row in model._default_manager.values("code", "aliases", *columns("name"))
    }


def _tree() -> dict[str, str]:
    return {code: one.parent for code, one in branches.sectors().items() if one.parent}


register(
    KIND,
    build,
    all_ids,
    facets=FACETS,
    numbers=NUMBERS,
    sort="-sells",
    trees={"sector": _tree},
    since="added",
)
