"""Places, kept in memory: they change with a law, not with a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from taawon.core.languages import columns, spoken
from taawon.core.memory import remember
from taawon.places.models import Commune, Place, Province, Region


@dataclass(frozen=True, slots=True)
class Named:
    """A place with its names ({"name_fr": …}); `parent` is the code of what holds it."""

    code: str
    names: tuple[tuple[str, Any], ...]
    parent: str = ""

    @property
    def name(self) -> str:
        return spoken(dict(self.names), "name")

    def __str__(self) -> str:
        return self.name


@remember(seconds=60)
def regions() -> dict[str, Named]:
    return _named(Region, "")


@remember(seconds=60)
def provinces() -> dict[str, Named]:
    return _named(Province, "region_id")


@remember(seconds=60)
def communes() -> dict[str, Named]:
    return _named(Commune, "province_id")


def provinces_of(region_code: str) -> list[Named]:
    return [place for place in provinces().values() if place.parent == region_code]


def communes_of(province_code: str) -> list[Commune]:
    return list(Commune.objects.filter(province_id=province_code).order_by("code"))


@remember(seconds=60)
def knows_communes() -> bool:
    """Whether the communes were loaded."""
    return Commune.objects.exists()


def _named(model: type[Place], parent: str) -> dict[str, Named]:
    fields = ["code", *columns("name"), *([parent] if parent else [])]
    rows = model._default_manager.order_by("code").values(*fields)
    return {
        row["code"]: Named(
            code=row["code"],
            names=tuple((field, row[field]) for field in columns("name")),
            parent=row[parent] if parent else "",
        )
        for row in rows
    }
