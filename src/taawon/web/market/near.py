"""Cooperatives from the nearest to the farthest, as exactly as the register allows.

A cooperative is known to be in a commune of a province. So those of the commune come first, then
the others of its province, then province after province by the distance of their middles. How many
there are of each is known from the counts of a facet: only what the wanted page needs is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taawon.places import distance
from taawon.places.queries import communes, provinces
from taawon.search import query
from taawon.search.query import Found

KIND = "cooperative"
Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Near:
    """Near a province, or near a commune of it."""

    province: str
    commune: str = ""

    @property
    def code(self) -> str:
        return self.commune or self.province

    @property
    def name(self) -> str:
        province = provinces()[self.province].name
        return communes()[self.commune].name if self.commune else province


@dataclass(frozen=True, slots=True)
class _Stretch:
    """So many documents in a row, that pass these filters."""

    count: int
    filters: Filters


def of(code: str) -> Near | None:
    """The place of a code of a province or commune; None for any other text."""
    if code in provinces():
        return Near(code)
    commune = communes().get(code)
    return Near(commune.parent, code) if commune else None


def at(position: str) -> Near | None:
    """The province whose middle is nearest to "latitude,longitude"; None for any other text."""
    north, comma, east = position.partition(",")
    if not comma or len(position) > 20:
        return None
    try:
        latitude, longitude = float(north), float(east)
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return of(distance.nearest(longitude, latitude))


def kilometres(here: Near, province_code: str) -> int | None:
    """Between the middles of two provinces; None within the same, and where nobody knows."""
    if province_code == here.province:
        return None
    return _around(here.province).get(province_code)


def find(
    here: Near,
    *,
    words: str,
    filters: Filters,
    page: int,
    per_page: int,
    facets: Sequence[str],
) -> Found:
    """As `query.find`, in the order of distance."""
    asked = tuple(dict.fromkeys((*facets, "province")))
    whole = query.find(KIND, words=words, filters=filters, per_page=0, facets=asked)
    if not whole.ready:
        return whole
    stretches = _stretches(here, words, filters, whole.facets["province"])
    start = (page - 1) * per_page
    return replace(whole, ids=tuple(_read(words, stretches, start, per_page)))


def _stretches(
    here: Near, words: str, filters: Filters, counts: Mapping[str, int]
) -> list[_Stretch]:
    """In the order of distance, without the empty ones."""
    wanted = filters.get("province") or counts
    order = {code: place for place, code in enumerate(_around(here.province))}
    found: list[_Stretch] = []
    for code in sorted(counts, key=lambda code: (order.get(code, len(order)), code)):
        if code not in wanted:
            continue
        there = {**filters, "province": [code]}
        if code == here.province and here.commune:
            found += _split(here.commune, words, there)
        else:
            found.append(_Stretch(counts[code], there))
    return [stretch for stretch in found if stretch.count]


def _split(commune: str, words: str, filters: Filters) -> list[_Stretch]:
    """A province, the commune before all others. Every document has one value of this facet."""
    counted = query.find(KIND, words=words, filters=filters, per_page=0, facets=("commune",))
    counts = counted.facets.get("commune", {})
    wanted = filters.get("commune") or counts
    others = [code for code in counts if code in wanted and code != commune]
    own = counts.get(commune, 0) if commune in wanted else 0
    rest = sum(counts[code] for code in others)
    return [
        _Stretch(own, {**filters, "commune": [commune]}),
        _Stretch(rest, {**filters, "commune": others}),
    ]


def _read(words: str, stretches: Sequence[_Stretch], start: int, many: int) -> list[int]:
    ids: list[int] = []
    for stretch in stretches:
        if start >= stretch.count:
            start -= stretch.count
            continue
        ids += _part(words, stretch.filters, start, many)[: many - len(ids)]
        start = 0
        if len(ids) == many:
            break
    return ids


def _part(words: str, filters: Filters, start: int, many: int) -> list[int]:
    """Up to so many ids from there on: the index reads whole pages."""
    first = start // many + 1
    pages = [first] if start % many == 0 else [first, first + 1]
    ids = [
        pk
        for page in pages
        for pk in query.find(KIND, words=words, filters=filters, page=page, per_page=many).ids
    ]
    return ids[start % many :][:many]


def _around(province_code: str) -> dict[str, int]:
    try:
        return distance.around(province_code)
    except KeyError:  # A province that was added to the database alone.
        return {}
