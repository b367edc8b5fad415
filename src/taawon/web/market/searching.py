"""What a page of results says of the search itself, and what is offered while somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from taawon.catalogue import queries as catalogue
from taawon.catalogue import shelves
from taawon.cooperatives import queries as cooperatives
from taawon.places.queries import provinces
from taawon.search import query
from taawon.search.analysis import fold
from taawon.search.marking import Marker, as_written, marker_of
from taawon.search.query import Found
from taawon.web.market import marks

MOST_ALSO = 6
MOST_NAMES, MOST_SHELVES, MOST_SHOPS = 5, 2, 3
PAGES = {"product": "market:catalogue", "cooperative": "market:cooperatives"}


@dataclass(frozen=True, slots=True)
class Notes:
    """`also`: other words that were searched; `meant` with `meant_url`: the same question spelled
    otherwise; `others` of the other kind fit the same words, at `others_url` (None: they fit them
    in part)."""

    words: str = ""
    also: Sequence[str] = ()
    meant: str = ""
    meant_url: str = ""
    loosely: bool = False
    count: int = 0
    others: int | None = 0
    others_url: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line below the search field: what it is ("words", "shelf", "shop"), and where it leads.

    `fits`: it answers all that was typed. `place` tells cooperatives of one name apart.
    """

    kind: str
    text: SafeString
    url: str
    fits: bool
    place: str = ""


def notes(kind: str, found: Found, words: str, get: QueryDict, names: Iterable[str]) -> Notes:
    """Nothing to say where nothing was searched for, or while there is no index."""
    if not words or not found.ready:
        return Notes()
    other = "cooperative" if kind == "product" else "product"
    meant = as_written(found.meant, names) if found.meant else ""
    others = query.find(other, words=words, per_page=0)
    return Notes(
        words=words,
        also=found.also[:MOST_ALSO],
        meant=meant,
        meant_url=_with_words(get, meant) if meant else "",
        loosely=found.loosely,
        count=found.count,
        others=None if others.loosely else others.count,
        others_url=f"{reverse(PAGES[other])}?{_only_words(words)}",
    )


def offers(words: str) -> list[Offer]:
    """Names of products, shelves and cooperatives that begin so or mean that, those first whose
    name answers all of it; two queries."""
    if not fold(words):
        return []
    marker = marker_of(words)
    found = query.find("product", words=words, per_page=4 * MOST_NAMES, counted=False)
    names = dict.fromkeys(card.name for card in catalogue.cards(found.ids))
    lines = [*_names(names, marker), *_shelves(words, marker), *_shops(words, marker, MOST_SHOPS)]
    return sorted(lines, key=lambda offer: not offer.fits)


def offers_of_cooperatives(words: str) -> list[Offer]:
    """Cooperatives alone, in the order of the directory; one query."""
    return _shops(words, marker_of(words), MOST_NAMES) if fold(words) else []


def _names(names: Iterable[str], marker: Marker) -> list[Offer]:
    page = reverse("market:catalogue")
    answering = [name for name in names if any(hit for _part, hit in marker.parts(name))]
    ranked = sorted((not marker.fits(name), at, name) for at, name in enumerate(answering))
    return [
        Offer("words", marks.html(name, marker), f"{page}?{_only_words(name)}", not unfit)
        for unfit, _at, name in ranked[:MOST_NAMES]
    ]


def _shelves(words: str, marker: Marker) -> list[Offer]:
    begun = fold(words)[-1]
    page = reverse("market:catalogue")
    fitting = [
        one
        for one in shelves.categories()
        if any(word.startswith(begun) for word in fold(one.name))
    ]
    return [
        Offer(
            "shelf",
            marks.html(one.name, marker),
            f"{page}?category={one.slug}",
            marker.fits(one.name),
        )
        for one in fitting[:MOST_SHELVES]
    ]


def _shops(words: str, marker: Marker, most: int) -> list[Offer]:
    found = query.find("cooperative", words=words, per_page=most, counted=False)
    places = provinces()
    return [
        Offer(
            "shop",
            marks.html(row.name, marker),
            reverse("market:cooperative", args=[row.slug_id]),
            not found.loosely,
            places[row.province_code].name,
        )
        for row in cooperatives.directory_rows(found.ids)
    ]


def _with_words(get: QueryDict, words: str) -> str:
    kept = get.copy()
    kept.pop("page", None)
    kept["q"] = words
    return f"?{kept.urlencode()}"


def _only_words(words: str) -> str:
    asked = QueryDict(mutable=True)
    asked["q"] = words
    return asked.urlencode()
