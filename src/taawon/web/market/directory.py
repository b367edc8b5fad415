"""The directory of cooperatives, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from taawon.catalogue import queries as products
from taawon.cooperatives import branches, queries
from taawon.core.languages import said_by
from taawon.core.text import clean
from taawon.places.queries import provinces, regions
from taawon.search import query
from taawon.web.market import cards

PER_PAGE = 24
SHELF = 48


@dataclass(frozen=True, slots=True)
class Row:
    """A cooperative in the list, in the reader's words."""

    name: str
    slug_id: str
    place_name: str
    sector_name: str
    picture: str


@dataclass(frozen=True, slots=True)
class Directory:
    """What the address asks for, and what was found."""

    words: str
    chosen: Mapping[str, str]
    rows: Sequence[Row]
    page: Page[Any]
    count: int
    complete: bool
    choices: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


FACETS = ("region", "sector", "sells", "women")


def of(request: HttpRequest) -> Directory:
    words = clean(request.GET.get("q", ""))[:120]
    chosen = {
        facet: value
        for facet, known in _known().items()
        if (value := request.GET.get(facet, "")) in known
    }
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    found = query.find(
        "cooperative",
        words=words,
        filters={facet: [value] for facet, value in chosen.items()},
        page=max(page, 1),
        per_page=PER_PAGE,
        facets=FACETS,
    )
    ids = list(found.ids) if found.ready else queries.plain_search(words, chosen, PER_PAGE)
    count = found.count if found.ready else len(ids)
    paginator: Paginator[Any] = Paginator(range(min(count, 10_000)), PER_PAGE)
    return Directory(
        words=words,
        chosen=chosen,
        rows=_rows(ids),
        page=paginator.get_page(page),
        count=count,
        complete=found.ready,
        choices={facet: _choices(facet, found) for facet in ("region", "sector")},
    )


def _choices(facet: str, found: query.Found) -> list[dict[str, Any]]:
    counts = found.facets.get(facet, {})
    return [
        {"value": value, "name": name, "count": counts.get(value, 0)}
        for value, name in _known()[facet].items()
    ]


def _rows(ids: Sequence[int]) -> list[Row]:
    places, sectors = provinces(), branches.sectors()
    return [
        Row(
            name=row.name,
            slug_id=row.slug_id,
            place_name=places[row.province_code].name if row.province_code in places else "",
            sector_name=sectors[row.sector_code].name if row.sector_code in sectors else "",
            picture=row.picture,
        )
        for row in queries.directory_rows(ids)
    ]


def _known() -> dict[str, Mapping[str, str]]:
    return {
        "region": {code: place.name for code, place in regions().items()},
        "sector": {code: sector.name for code, sector in branches.sectors().items()},
        "sells": {"yes": ""},
        "women": {"yes": ""},
    }


@dataclass(frozen=True, slots=True)
class CooperativePage:
    cooperative: Any
    products: list[cards.Shown]

    @property
    def slug_id(self) -> str:
        return f"{self.cooperative.slug}-{self.cooperative.pk}"

    @property
    def name(self) -> str:
        return said_by(self.cooperative, "name")

    @property
    def about(self) -> str:
        return said_by(self.cooperative, "about")

    @property
    def sector(self) -> str:
        found = branches.sectors().get(self.cooperative.sector_id)
        return found.name if found else ""

    @property
    def province(self) -> str:
        found = provinces().get(self.cooperative.province_id)
        return found.name if found else ""

    @property
    def region(self) -> str:
        found = regions().get(self.cooperative.region_id)
        return found.name if found else ""

    @property
    def shop(self) -> Any:
        return getattr(self.cooperative, "shop", None)

    @property
    def json_ld(self) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": self.name,
            "address": {
                "@type": "PostalAddress",
                "addressRegion": self.region,
                "addressLocality": self.province,
                "addressCountry": "MA",
            },
        }


def one(cooperative_id: int) -> CooperativePage | None:
    found = queries.page(cooperative_id)
    if found is None:
        return None
    mine = products.newest_cards(SHELF, cooperative_id=cooperative_id)
    return CooperativePage(cooperative=found, products=cards.shown(mine))
