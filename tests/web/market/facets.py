"""Whether every count that the directory shows is the total of the list behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from urllib.parse import urlencode

from django.test import Client

from tests.web.market.build import CATEGORY_OF, LABELS, PROVINCES, SECTORS, WORDS, Entry

LANGUAGES = ("fr", "ar")
_VALUES: dict[str, tuple[str, ...]] = {
    "region": ("MA-09", "MA-06", "MA-03", "MA-12"),
    "province": PROVINCES,
    "commune": tuple(f"{code}.{number}" for code in PROVINCES for number in (1, 2)),
    "sector": (*SECTORS, *CATEGORY_OF),
    "women": ("yes",),
    "youth": ("yes",),
    "sells": ("yes",),
    "certificate": LABELS,
    "status": ("active", "inactive", "dissolved", "struck_off"),
}
_LINE = re.compile(
    r'<input type="checkbox" name="(\w+)" value="([^"]+)"( checked)?>.*?<bdi>(\d+)</bdi>'
)
_TOTAL = re.compile(r'<p class="lead">(?:<bdi>)?(\d+)')
Filters = dict[str, list[str]]


def combination(rng: Random) -> tuple[str, Filters]:
    """Words and filters as somebody might choose them."""
    filters: Filters = {}
    for facet, values in _VALUES.items():
        if rng.random() < (0.35 if len(values) > 1 else 0.25):
            filters[facet] = rng.sample(values, min(len(values), rng.randint(1, 3)))
    return _words(rng), filters


def _words(rng: Random) -> str:
    """None, one, or two that an entry may have both of, or that none has."""
    chance = rng.random()
    if chance < 0.6:
        return ""
    if chance < 0.8:
        return rng.choice(WORDS)
    return f"{rng.choice(WORDS)} {rng.choice((*WORDS, *CATEGORY_OF))}"


def address(language: str, words: str, filters: Mapping[str, Sequence[str]]) -> str:
    asked = {**filters, **({"q": words} if words else {})}
    return f"/{language}/cooperatives/?{urlencode(asked, doseq=True)}"


def effective(filters: Filters) -> Filters:
    """A category says nothing beside one of its fields."""
    chosen = filters.get("sector", [])
    narrower = {CATEGORY_OF[code] for code in chosen if code in CATEGORY_OF}
    kept = {"sector": [code for code in chosen if code not in narrower]} if chosen else {}
    return {**filters, **kept}


def total(entries: Sequence[Entry], words: str, filters: Filters) -> int:
    return sum(entry.passes(filters) for entry in _named(entries, words.split()))


def _named(entries: Sequence[Entry], words: Sequence[str]) -> list[Entry]:
    """All the words; where no entry at all has them all, any of them."""
    with_all = [entry for entry in entries if all(map(entry.bears, words))]
    return with_all or [entry for entry in entries if any(map(entry.bears, words))]


def check(client: Client, entries: Sequence[Entry], rng: Random) -> int:
    """One combination, in both languages; how many counts were looked at."""
    words, filters = combination(rng)
    asked, looked_at = effective(filters), 0
    for language in LANGUAGES:
        path = address(language, words, filters)
        page = client.get(path).text
        assert _shown_total(page, language) == total(entries, words, asked), path
        lines = _LINE.findall(page)
        assert len(lines) >= 1, path
        for facet, value, checked, count in lines:
            alone = {**asked, facet: [value]}
            assert int(count) == total(entries, words, alone), (path, facet, value)
            assert bool(checked) == (value in asked.get(facet, [])), (path, facet, value)
        _nothing_is_missing(lines, entries, words, asked)
        facet, value, _checked, count = rng.choice(lines)
        behind = address(language, words, {**asked, facet: [value]})
        assert _shown_total(client.get(behind).text, language) == int(count), behind
        looked_at += len(lines)
    return looked_at


def _shown_total(page: str, language: str) -> int:
    found = _TOTAL.search(page)
    if found is not None:
        return int(found[1])
    lead = page.partition('<p class="lead">')[2].partition("</p>")[0]
    return {"لا تعاونية": 0, "تعاونية واحدة": 1, "تعاونيتان": 2}[lead.strip()]


def _nothing_is_missing(
    lines: Sequence[tuple[str, ...]], entries: Sequence[Entry], words: str, asked: Filters
) -> None:
    """Every value that leaves anything is offered; provinces and communes within those above."""
    offered = {(facet, value) for facet, value, *_ in lines}
    for facet in set(_VALUES) - {"province", "commune"}:
        for value in _VALUES[facet]:
            if total(entries, words, {**asked, facet: [value]}):
                assert (facet, value) in offered, (facet, value, asked)
