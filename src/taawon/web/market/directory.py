"""The directory of cooperatives as its address says: words, filters, place, order, page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taawon.catalogue import shelves
from taawon.cooperatives import branches, plain, queries
from taawon.cooperatives.states import CooperativeStatus
from taawon.core.languages import current
from taawon.core.memory import remember
from taawon.places.queries import communes, provinces, regions
from taawon.search import query
from taawon.search.marking import marker_of
from taawon.web.market import marks, near
from taawon.web.market.listing import Choice, chosen_of, page_number, paged, words_of
from taawon.web.market.near import Near
from taawon.web.market.searching import Notes, notes

PER_PAGE = 24
# Of one filter: nobody ticks more, and each is a line of the page.
MOST_CHOSEN = 80
SORTS = {
    "": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest on the register"),
    "members": gettext_lazy("Most members"),
}
NEAREST = gettext_lazy("Nearest first")
# Without words nothing fits better than anything else.
SELLING = gettext_lazy("Selling online first")
INDEX_SORTS = {"": "relevance", "newest": "-newest", "members": "-members"}
PLACES = ("region", "province", "commune")
FACETS = (*PLACES, "sector", "women", "youth", "certificate", "sells", "status")
# Short ones, that keep the order in which they are told here.
_FIXED = ("women", "youth", "sells", "status", "certificate")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, cleaned; unknown values are dropped."""

    words: str
    filters: Mapping[str, list[str]]
    near: Near | None
    sort: str
    page: int

    @classmethod
    def of(cls, get: QueryDict) -> Asked:
        filters = chosen_of(get, known_values(), MOST_CHOSEN)
        if "sector" in filters:
            filters["sector"] = _narrowest(filters["sector"])
        sort = get.get("sort", "")
        return cls(
            words=words_of(get),
            filters=filters,
            near=near.of(get.get("near", "")),
            sort=sort if sort in SORTS else "",
            page=page_number(get.get("page", "1")) or 1,
        )

    @property
    def facets(self) -> tuple[str, ...]:
        """Communes are many: they are counted within a province alone."""
        if "province" in self.filters or "commune" in self.filters:
            return FACETS
        return tuple(facet for facet in FACETS if facet != "commune")


@dataclass(frozen=True, slots=True)
class Row:
    """A cooperative in the list, in the reader's words; `status` only where it is not active,
    `marked` (the name as HTML) only where words were searched for."""

    name: str
    marked: str
    slug_id: str
    place_name: str
    sector_name: str
    picture: str
    status: str
    sells: bool
    kilometres: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A category of fields of activity, with its fields."""

    top: Choice
    fields: list[Choice]

    @property
    def as_lines(self) -> list[Choice]:
        return [self.top]

    @property
    def opened(self) -> bool:
        return any(one.chosen for one in self.fields)


@dataclass(frozen=True, slots=True)
class Directory:
    """What was asked, and what was found. While there is no index, it is not `complete`."""

    asked: Asked
    rows: Sequence[Row]
    page: Page[Any]
    count: int
    complete: bool
    choices: Mapping[str, list[Choice]] = field(default_factory=dict)
    branches: Sequence[Branch] = ()
    notes: Notes = field(default_factory=Notes)

    @property
    def sorts(self) -> list[tuple[str, Any]]:
        first = NEAREST if self.asked.near else SORTS[""] if self.asked.words else SELLING
        return [("", first), *list(SORTS.items())[1:]]


def of(request: HttpRequest) -> Directory:
    asked = Asked.of(request.GET)
    found = _find(asked)
    if not found.ready:
        found = replace(found, ids=tuple(plain.search(asked.words, asked.filters, PER_PAGE)))
    count = found.count if found.ready else len(found.ids)
    rows = _rows(found.ids, asked)
    return Directory(
        asked=asked,
        rows=rows,
        page=paged(count, asked.page if found.ready else 1),
        count=count,
        complete=found.ready,
        choices={facet: _choices(facet, found, asked) for facet in FACETS if facet != "sector"},
        branches=_branches(found, asked),
        notes=notes(near.KIND, found, asked.words, request.GET, (row.name for row in rows)),
    )


def _find(asked: Asked) -> query.Found:
    if asked.near and not asked.sort:
        return near.find(
            asked.near,
            words=asked.words,
            filters=asked.filters,
            page=asked.page,
            per_page=PER_PAGE,
            facets=asked.facets,
        )
    return query.find(
        near.KIND,
        words=asked.words,
        filters=asked.filters,
        sort=INDEX_SORTS[asked.sort],
        page=asked.page,
        per_page=PER_PAGE,
        facets=asked.facets,
    )


def how_many(asked: Asked) -> int:
    return query.find(near.KIND, words=asked.words, filters=asked.filters, per_page=0).count


def known_values() -> dict[str, Mapping[str, str]]:
    """Every value that a filter knows, with its name in the reader's language."""
    return _known_values(current())


@remember(seconds=10)
def _known_values(_language: str) -> dict[str, Mapping[str, str]]:
    return {
        "region": {code: place.name for code, place in regions().items()},
        "province": {code: place.name for code, place in provinces().items()},
        "commune": {code: place.name for code, place in communes().items()},
        "sector": {code: sector.name for code, sector in branches.sectors().items()},
        "women": {"yes": _("Women’s cooperatives")},
        "youth": {"yes": _("Youth cooperatives")},
        "certificate": {code: label.name for code, label in shelves.labels().items()},
        "sells": {"yes": _("Sells online")},
        "status": {one.value: str(one.label) for one in CooperativeStatus},
    }


def _narrowest(chosen: list[str]) -> list[str]:
    """A category says nothing beside a field that lies in it."""
    tree = branches.sectors()
    parents = {tree[code].parent for code in chosen}
    return [code for code in chosen if code not in parents]


def _choices(facet: str, found: query.Found, asked: Asked) -> list[Choice]:
    counts, chosen = found.facets.get(facet, {}), asked.filters.get(facet, [])
    names = known_values()[facet]
    offered = [code for code in {*counts, *chosen} if code in names]
    if facet == "sector":
        tree = branches.sectors()
        offered = list({*offered, *(tree[code].parent for code in offered if tree[code].parent)})
    if facet == "province":
        offered = [code for code in offered if code in chosen or _lies_in_chosen(code, asked)]
    made = [
        Choice(code, capfirst(names[code]), counts.get(code, 0), code in chosen) for code in offered
    ]
    if facet in _FIXED:
        order = list(names)
        return sorted(made, key=lambda choice: order.index(choice.value))
    return sorted(made, key=lambda choice: (-choice.count, choice.name))


def _lies_in_chosen(province_code: str, asked: Asked) -> bool:
    """Asked for within chosen regions alone, and within those of chosen provinces."""
    places = provinces()
    within = {places[code].parent for code in asked.filters.get("province", [])}
    return places[province_code].parent in {*within, *asked.filters.get("region", [])}


def _branches(found: query.Found, asked: Asked) -> list[Branch]:
    lines = {one.value: one for one in _choices("sector", found, asked)}
    tree = branches.sectors()
    below: dict[str, list[Choice]] = {}
    for code, line in lines.items():
        below.setdefault(tree[code].parent, []).append(line)
    return [Branch(top, below.get(top.value, [])) for top in below.get("", [])]


def _rows(ids: Sequence[int], asked: Asked) -> list[Row]:
    known, here = known_values(), asked.near
    marker = marker_of(asked.words) if asked.words else None
    return [
        Row(
            name=row.name,
            marked=marks.html(row.name, marker) if marker else "",
            slug_id=row.slug_id,
            place_name=_place(row, known),
            sector_name=known["sector"].get(row.sector_code, ""),
            picture=row.picture,
            status="" if row.status == CooperativeStatus.ACTIVE else known["status"][row.status],
            sells=row.sells,
            kilometres=near.kilometres(here, row.province_code) if here else None,
        )
        for row in queries.directory_rows(ids)
    ]


def _place(row: queries.DirectoryRow, known: Mapping[str, Mapping[str, str]]) -> str:
    commune = known["commune"].get(row.commune_code, "")
    province = known["province"].get(row.province_code, "")
    return _(", ").join(dict.fromkeys(name for name in (commune, province) if name))
