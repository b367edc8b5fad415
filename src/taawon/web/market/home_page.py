"""What stands on the home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from taawon.catalogue import queries, shelves
from taawon.cooperatives.counts import counts_by_region
from taawon.places.queries import regions
from taawon.search import query
from taawon.web.market.cards import Shown, shown

SHELF = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    title: str
    cards: list[Shown]


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region with its cooperatives; `width` is the length of its bar out of 100."""

    code: str
    name: str
    count: int
    width: int


def context() -> dict[str, Any]:
    """One query for all products; the newest are known to the index."""
    selections, newest = shelves.selections(), _newest()
    wanted = [pk for one in selections for pk in one.product_ids]
    cards = {card.id: card for card in shown(queries.cards(dict.fromkeys((*wanted, *newest))))}
    chosen = [
        Shelf(one.title, [cards[pk] for pk in one.product_ids if pk in cards][:SHELF])
        for one in selections
    ]
    return {
        "tab": "home",
        "categories": [one for one in shelves.categories() if one.parent_slug == ""][:12],
        "shelves": [shelf for shelf in chosen if shelf.cards],
        "regions": region_lines(),
        "newest": [cards[pk] for pk in newest if pk in cards],
    }


def _newest() -> Sequence[int]:
    found = query.find("product", sort="-newest", per_page=SHELF)
    return found.ids if found.ready else queries.plain_search([], {}, SHELF)


def region_lines() -> list[RegionLine]:
    counts = counts_by_region()
    most = max(counts.values(), default=1) or 1
    lines = [
        RegionLine(code, place.name, counts.get(code, 0), 100 * counts.get(code, 0) // most)
        for code, place in regions().items()
    ]
    return sorted(lines, key=lambda line: -line.count)
