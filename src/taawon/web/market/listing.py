"""The catalogue as its address says: words, filters, order, page."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taawon.catalogue import queries, shelves
from taawon.core.languages import current
from taawon.core.memory import remember
from taawon.core.text import clean
from taawon.places.queries import provinces, regions
from taawon.search import query
from taawon.web.market.cards import Shown, shown
from taawon.web.market.searching import Notes, notes

PER_PAGE = 24
SORTS = {
    "": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "price": gettext_lazy("Lowest price"),
    "-price": gettext_lazy("Highest price"),
    "rating": gettext_lazy("Best reviews"),
}
INDEX_SORTS = {
    "": "relevance",
    "newest": "-newest",
    "price": "price",
    "-price": "-price",
    "rating": "-rating",
}
FACETS = ("category", "region", "province", "label", "women", "in_stock")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter: its value and words, how many products it leaves, whether chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, cleaned; unknown values are dropped."""

    words: str
    filters: Mapping[str, list[str]]
    price_min: int | None
    price_max: int | None
    sort: str
    page: int

    @classmethod
    def of(cls, get: QueryDict) -> Asked:
        sort = get.get("sort", "")
        return cls(
            words=words_of(get),
            filters=chosen_of(get, known_values()),
            price_min=_dirhams(get.get("price_min", "")),
            price_max=_dirhams(get.get("price_max", "")),
            sort=sort if sort in SORTS else "",
            page=page_number(get.get("page", "1")),
        )

    @property
    def ranges(self) -> dict[str, tuple[int | None, int | None]]:
        if self.price_min is None and self.price_max is None:
            return {}
        low = None if self.price_min is None else self.price_min * 100
        high = None if self.price_max is None else self.price_max * 100
        return {"price": (low, high)}


def words_of(get: QueryDict) -> str:
    """What the address searches for, cleaned and not too long."""
    return clean(get.get("q", ""))[:120]


def chosen_of(
    get: QueryDict, known: Mapping[str, Container[str]], most: int | None = None
) -> dict[str, list[str]]:
    """{facet: values} of the address, each once, at most so many; what nobody knows is dropped."""
    chosen = {
        facet: [value for value in dict.fromkeys(get.getlist(facet)) if value in values][:most]
        for facet, values in known.items()
    }
    return {facet: values for facet, values in chosen.items() if values}


class Taken(NamedTuple):
    """Something that was chosen: its words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    asked: Asked
    cards: list[Shown]
    page: Page[int]
    count: int
    complete: bool
    choices: Mapping[str, list[Choice]] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)


def of(request: HttpRequest) -> Listing:
    """From the index; while it is being built, a plain and capped answer of the database."""
    asked = Asked.of(request.GET)
    found = query.find(
        "product",
        words=asked.words,
        filters=asked.filters,
        ranges=asked.ranges,
        sort=INDEX_SORTS[asked.sort],
        page=asked.page,
        per_page=PER_PAGE,
        facets=FACETS,
    )
    if not found.ready:
        return _plain(asked)
    cards = shown(queries.cards(found.ids), found.meant or asked.words)
    return Listing(
        asked=asked,
        cards=cards,
        page=paged(found.count, asked.page),
        count=found.count,
        complete=True,
        choices={facet: _choices(facet, found.facets.get(facet, {}), asked) for facet in FACETS},
        notes=notes("product", found, asked.words, request.GET, (card.name for card in cards)),
    )


def _plain(asked: Asked) -> Listing:
    ids = queries.plain_search(asked.words.split()[:6], {}, PER_PAGE)
    return Listing(
        asked=asked,
        cards=shown(queries.cards(ids)),
        page=paged(len(ids), 1),
        count=len(ids),
        complete=False,
        choices={facet: [] for facet in FACETS},
    )


def chips(listing: Listing, get: QueryDict) -> list[Taken]:
    """What was chosen, each with the address that takes it off again."""
    taken = []
    if listing.asked.words:
        words = _("“%(words)s”") % {"words": listing.asked.words}
        taken.append(Taken(words, without(get, "q")))
    for facet, values in listing.asked.filters.items():
        names = known_values()[facet]
        taken += [Taken(names[value], without(get, facet, value)) for value in values]
    if listing.asked.ranges:
        low, high = listing.asked.price_min, listing.asked.price_max
        label = _("%(low)s–%(high)s DH") % {"low": low or 0, "high": "…" if high is None else high}
        taken.append(Taken(label, without(get, "price_min", "price_max")))
    return taken


def without(get: QueryDict, name: str, value: str = "") -> str:
    """The address without one value of a filter, or without all of it; from page one."""
    left = get.copy()
    left.pop("page", None)
    if name == "price_min":
        left.pop("price_min", None)
        left.pop("price_max", None)
    elif value:
        left.setlist(name, [other for other in left.getlist(name) if other != value])
    else:
        left.pop(name, None)
    return f"?{left.urlencode()}"


def known_values() -> dict[str, Mapping[str, str]]:
    """Every value that a filter knows, with its name in the reader's language."""
    return _known_values(current())


@remember(seconds=10)
def _known_values(_language: str) -> dict[str, Mapping[str, str]]:
    return {
        "category": {one.slug: one.name for one in shelves.categories()},
        "region": {code: place.name for code, place in regions().items()},
        "province": {code: place.name for code, place in provinces().items()},
        "label": {code: label.name for code, label in shelves.labels().items()},
        "women": {"yes": _("Women’s cooperatives")},
        "in_stock": {"yes": _("In stock")},
    }


def _choices(facet: str, counts: Mapping[str, int], asked: Asked) -> list[Choice]:
    chosen = asked.filters.get(facet, [])
    names = known_values()[facet]
    if facet == "province":  # Asked for within chosen regions alone.
        places, wanted = provinces(), asked.filters.get("region", [])
        names = {code: name for code, name in names.items() if places[code].parent in wanted}
    made = [
        Choice(value, name, counts.get(value, 0), value in chosen)
        for value, name in names.items()
        if counts.get(value) or value in chosen
    ]
    if facet in ("women", "in_stock", "label"):
        return made
    return sorted(made, key=lambda choice: (-choice.count, choice.name))


def paged(count: int, page: int) -> Page[int]:
    paginator: Paginator[Any] = Paginator(range(min(count, 10_000)), PER_PAGE)
    return paginator.get_page(page)


def page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else 1


def _dirhams(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
