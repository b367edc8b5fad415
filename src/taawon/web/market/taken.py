"""What was chosen in the directory: how each filter is taken off, and where that leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from taawon.web.market import directory
from taawon.web.market.directory import PLACES, Asked
from taawon.web.market.listing import without

MOST_WAYS = 12


@dataclass(frozen=True, slots=True)
class Chip:
    """Its words, the address without it, and the question that is left then."""

    label: str
    url: str
    left: Asked


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter that hides everything, and how many cooperatives there are without it."""

    label: str
    url: str
    count: int


def chips(asked: Asked, get: QueryDict) -> list[Chip]:
    return list(_chips(asked, get))


def _chips(asked: Asked, get: QueryDict) -> Iterator[Chip]:
    if asked.words:
        label = _("“%(words)s”") % {"words": asked.words}
        yield Chip(label, without(get, "q"), replace(asked, words=""))
    if asked.near:
        label = _("Near %(place)s") % {"place": asked.near.name}
        yield Chip(label, without(get, "near"), replace(asked, near=None))
    names = directory.known_values()
    for facet, values in asked.filters.items():
        for value in values:
            others = [one for one in values if one != value]
            left = {**asked.filters, facet: others} if others else _but(asked, facet)
            url = without(get, facet, value)
            yield Chip(capfirst(names[facet][value]), url, replace(asked, filters=left))


def _but(asked: Asked, facet: str) -> dict[str, list[str]]:
    return {name: values for name, values in asked.filters.items() if name != facet}


def ways_out(taken: list[Chip]) -> list[WayOut]:
    """Where nothing was found: what is found without one of the filters, the most first."""
    ways = [WayOut(one.label, one.url, directory.how_many(one.left)) for one in taken[:MOST_WAYS]]
    return sorted((way for way in ways if way.count), key=lambda way: -way.count)


def pairs(query: str) -> list[tuple[str, str]]:
    """The hidden fields that keep a query string in a form."""
    return parse_qsl(query)


def elsewhere(get: QueryDict) -> str:
    """The query string without a place: what the map and the choice of a place keep."""
    left = get.copy()
    for name in (*PLACES, "near", "at", "page"):
        left.pop(name, None)
    return left.urlencode()
