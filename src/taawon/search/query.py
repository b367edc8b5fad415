"""Words and filters in, ids and counts out. What people type is never read as a query language."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from taawon.search import counting, documents, hits, index, readers, understanding
from taawon.search.counting import Counts
from taawon.search.documents import Kind
from taawon.search.hits import DEEPEST
from taawon.search.readers import Reader
from taawon.search.scoring import Question
from taawon.search.understanding import Understood

log = logging.getLogger(__name__)
MOST_VALUES = 200

Ranges = Mapping[str, tuple[int | None, int | None]]
Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of ids in order, how many there are in all, and {facet: {value: count}}.

    `also`: other words for what was asked, which were searched too. `meant`: the question with its
    typing errors corrected, "" where there were none. Loosely: nothing has all the words, these
    have most of them. Not ready: there is no index to read yet; ask the database, and say so.
    """

    ids: tuple[int, ...] = ()
    count: int = 0
    facets: Counts = field(default_factory=dict)
    ready: bool = True
    also: tuple[str, ...] = ()
    meant: str = ""
    loosely: bool = False


class _Wanted(NamedTuple):
    """What of the hits is asked for, as `find` tells."""

    sort: str
    page: int
    per_page: int
    facets: tuple[str, ...]
    counted: bool


NOT_READY = Found(ready=False)


def find(
    kind: str,
    *,
    words: str = "",
    filters: Filters | None = None,
    ranges: Ranges | None = None,
    preferred: Filters | None = None,
    sort: str = "relevance",
    page: int = 1,
    per_page: int = 24,
    facets: Sequence[str] = (),
    counted: bool = True,
) -> Found:
    """Documents with all the words (the last one may be unfinished) that pass every filter.

    Values of one facet are alternatives; the count of a value leaves out the filters of its own
    facet. `ranges` include both ends. `preferred` values come first among equal hits, in their
    order. `per_page` 0 counts alone; where nothing is to be `counted`, the count is that of the
    ids, which is sooner known. `sort`: "relevance", a number's name, or "-" and its name. Pages end
    after 10,000 results; the count does not. Raises ValueError for a facet, number or sort that the
    kind does not have.
    """
    known = documents.kind(kind)
    asked = _tidied(known, filters or {}, ranges or {}, preferred or {})
    _check(known, sort, facets)
    reader = readers.of(known)
    if reader is None:
        return NOT_READY
    wanted = _Wanted(sort, page, per_page, tuple(facets), counted)
    key = ("found", words, asked, wanted)
    found: Found | None = reader.recall(key)
    try:
        if found is None:
            found = _found(reader, known, asked, understanding.understand(reader, words), wanted)
            reader.keep(key, found)
        return found
    except index.BROKEN:
        log.exception("The index of %s cannot be read", kind)
        return NOT_READY


def _found(
    reader: Reader, kind: Kind, asked: Question, understood: Understood, wanted: _Wanted
) -> Found:
    asked = replace(asked, units=understood.units)
    if not wanted.counted and (ids := _page(reader, kind, asked, wanted)):
        return Found(ids, len(ids), also=understood.also, meant=understood.meant)
    count, counts = counting.counted(reader, asked, wanted.facets)
    if not count and counting.nothing_has_all(reader, asked):
        asked = replace(asked, loosely=True)
        count, counts = counting.counted(reader, asked, wanted.facets)
    return Found(
        ids=_page(reader, kind, asked, wanted) if count else (),
        count=count,
        facets={facet: kind.upwards(facet, values) for facet, values in counts.items()},
        also=understood.also,
        # Where the corrected words do not go together either, they are hardly what was meant.
        meant="" if asked.loosely and len(asked.strong) > 1 else understood.meant,
        loosely=asked.loosely,
    )


def _tidied(kind: Kind, filters: Filters, ranges: Ranges, preferred: Filters) -> Question:
    for given, known in ((filters, kind.facets), (ranges, kind.numbers), (preferred, kind.facets)):
        if unknown := sorted(set(given) - set(known)):
            raise ValueError(f"{kind.name} knows no {', '.join(unknown)}.")
    return Question(
        filters=tuple(
            (facet, tuple(sorted(kind.within(facet, values)))[:MOST_VALUES])
            for facet, values in sorted(filters.items())
            if values
        ),
        ranges=tuple((number, low, high) for number, (low, high) in sorted(ranges.items())),
        preferred=tuple((facet, tuple(values)) for facet, values in sorted(preferred.items())),
    )


def _check(kind: Kind, sort: str, facets: Sequence[str]) -> None:
    if sort != "relevance" and sort.removeprefix("-") not in kind.numbers:
        raise ValueError(f"{kind.name} cannot be sorted by {sort!r}.")
    if unknown := sorted(set(facets) - set(kind.facets)):
        raise ValueError(f"{kind.name} knows no {', '.join(unknown)}.")


def _page(reader: Reader, kind: Kind, asked: Question, wanted: _Wanted) -> tuple[int, ...]:
    start = max(wanted.page - 1, 0) * wanted.per_page
    limit = min(wanted.per_page, DEEPEST - start)
    if limit <= 0:
        return ()
    if wanted.sort == "relevance" and asked.units:
        return hits.relevant(reader, asked, start, limit, wanted.per_page)
    by = kind.sort if wanted.sort == "relevance" else wanted.sort
    return hits.sorted_by(reader, asked, by, start, limit)
