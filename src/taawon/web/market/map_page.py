"""The map of the directory: how many cooperatives each place has, as the address filters them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from taawon.places.queries import Named, communes, provinces, regions
from taawon.search import query
from taawon.web.market import map as maps
from taawon.web.market import near, taken
from taawon.web.market.directory import PLACES, Asked
from taawon.web.market.taken import Chip


@dataclass(frozen=True, slots=True)
class MapPage:
    """`list_url` leads to the list of all that is counted here."""

    map: maps.Map
    count: int
    complete: bool
    chips: list[Chip]
    list_url: str


def of(request: HttpRequest) -> MapPage:
    """Places are what the map asks for: those of the address are left out."""
    asked = Asked.of(request.GET)
    asked = replace(
        asked,
        near=None,
        filters={facet: some for facet, some in asked.filters.items() if facet not in PLACES},
    )
    found = query.find(
        near.KIND,
        words=asked.words,
        filters=asked.filters,
        per_page=0,
        facets=("region", "province"),
    )
    kept, path = taken.elsewhere(request.GET), reverse("market:cooperatives")

    def link(facet: str, code: str) -> str:
        return f"{path}?{urlencode({facet: code})}{f'&{kept}' if kept else ''}"

    by_region, by_province = (found.facets.get(facet, {}) for facet in ("region", "province"))
    return MapPage(
        map=maps.draw(by_region, by_province, link),
        count=found.count,
        complete=found.ready,
        chips=taken.chips(asked, request.GET),
        list_url=f"{path}?{kept}" if kept else path,
    )


def provinces_by_region() -> list[tuple[str, list[Named]]]:
    """For a list to choose from: the names of the regions, each with its provinces by name."""
    below: dict[str, list[Named]] = {}
    for place in provinces().values():
        below.setdefault(place.parent, []).append(place)
    return [
        (region.name, sorted(below.get(code, []), key=lambda place: place.name))
        for code, region in regions().items()
    ]


def communes_of(province_code: str) -> list[Named]:
    found = [place for place in communes().values() if place.parent == province_code]
    return sorted(found, key=lambda place: place.name)
