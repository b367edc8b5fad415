"""Words and filters in, ids and counts out. What people type is never read as a query language."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tantivy import FieldType, Occur, Order, Query

from taawon.search import documents, index, readers
from taawon.search.analysis import fold
from taawon.search.documents import LARGEST_NUMBER, Kind
from taawon.search.readers import Reader

log = logging.getLogger(__name__)
DEEPEST = 10_000
MOST_WORDS = 12
LONGEST_QUERY = 400
MOST_VALUES = 200
# More than any facet has values, so that every count is exact.
MOST_BUCKETS = 65_000
NAME_BOOST = 4.0

Ranges = Mapping[str, tuple[int | None, int | None]]
Filters = Mapping[str, Sequence[str]]
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of ids in order, how many there are in all, and {facet: {value: count}}.

    Not ready: there is no index to read yet; ask the database, and say so.
    """

    ids: tuple[int, ...] = ()
    count: int = 0
    facets: Counts = field(default_factory=dict)
    ready: bool = True


NOT_READY = Found(ready=False)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, tidied so that equal questions are equal."""

    words: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    ranges: tuple[tuple[str, int | None, int | None], ...]


def find(
    kind: str,
    *,
    words: str = "",
    filters: Filters | None = None,
    ranges: Ranges | None = None,
    sort: str = "relevance",
    page: int = 1,
    per_page: int = 24,
    facets: Sequence[str] = (),
) -> Found:
    """Documents with all the words (the last one may be unfinished) that pass every filter.

    Values of one facet are alternatives; the count of a value leaves out the filters of its own
    facet. `ranges` include both ends. `sort`: "relevance", a number's name, or "-" and its name.
    Pages end after 10,000 results; the count does not. Raises ValueError for a facet, number or
    sort that the kind does not have.
    """
    known = documents.kind(kind)
    asked = _asked(known, words, filters or {}, ranges or {})
    _check(known, sort, facets)
    reader = readers.of(known)
    if reader is None:
        return NOT_READY
    try:
        count, counts = _counted(reader, asked, tuple(facets))
        ids = _page(reader, known, asked, sort, page, per_page) if count else ()
    except index.BROKEN:
        log.exception("The index of %s cannot be read", kind)
        return NOT_READY
    return Found(ids=ids, count=count, facets=counts)


def _asked(kind: Kind, words: str, filters: Filters, ranges: Ranges) -> _Asked:
    for given, known in ((filters, kind.facets), (ranges, kind.numbers)):
        if unknown := sorted(set(given) - set(known)):
            raise ValueError(f"{kind.name} knows no {', '.join(unknown)}.")
    return _Asked(
        words=_words(words),
        filters=tuple(
            (facet, tuple(sorted(set(values)))[:MOST_VALUES])
            for facet, values in sorted(filters.items())
            if values
        ),
        ranges=tuple((number, low, high) for number, (low, high) in sorted(ranges.items())),
    )


def _words(text: str) -> tuple[str, ...]:
    folded = list(dict.fromkeys(fold(text[:LONGEST_QUERY])))
    # "d argan": a single letter beside words says nothing.
    longer = [word for word in folded if len(word) > 1]
    return tuple((longer or folded)[:MOST_WORDS])


def _check(kind: Kind, sort: str, facets: Sequence[str]) -> None:
    if sort != "relevance" and sort.removeprefix("-") not in kind.numbers:
        raise ValueError(f"{kind.name} cannot be sorted by {sort!r}.")
    if unknown := sorted(set(facets) - set(kind.facets)):
        raise ValueError(f"{kind.name} knows no {', '.join(unknown)}.")


def _counted(reader: Reader, asked: _Asked, facets: tuple[str, ...]) -> tuple[int, Counts]:
    key = ("counts", asked, facets)
    found: tuple[int, Counts] | None = reader.recall(key)
    if found is None:
        found = _count(reader, asked), _facets(reader, asked, facets)
        reader.keep(key, found)
    return found


def _count(reader: Reader, asked: _Asked) -> int:
    if asked == _Asked((), (), ()):
        return reader.searcher.num_docs
    found = reader.searcher.search(_query(reader, asked), 1, count=True)
    counted: int = found.count  # type: ignore[attr-defined]  # the stubs forget it
    return counted


def _facets(reader: Reader, asked: _Asked, facets: tuple[str, ...]) -> Counts:
    filtered = {facet for facet, _ in asked.filters}
    together = [facet for facet in facets if facet not in filtered]
    counts: dict[str, Mapping[str, int]] = {}
    counts |= _aggregated(reader, _query(reader, asked), together)
    for facet in facets:
        if facet in filtered:
            counts |= _without_its_filter(reader, asked, facet)
    return counts


def _without_its_filter(reader: Reader, asked: _Asked, facet: str) -> Counts:
    """The same whatever is chosen of this facet: many questions share it."""
    others = tuple(one for one in asked.filters if one[0] != facet)
    key = ("facet", replace(asked, filters=others), facet)
    found: Counts | None = reader.recall(key)
    if found is None:
        found = _aggregated(reader, _query(reader, asked, without=facet), [facet])
        reader.keep(key, found)
    return found


def _aggregated(reader: Reader, query: Query, facets: list[str]) -> dict[str, dict[str, int]]:
    if not facets:
        return {}
    terms = {
        facet: {"field": f"is_{facet}", "size": MOST_BUCKETS, "segment_size": MOST_BUCKETS}
        for facet in facets
    }
    wanted = {facet: {"terms": settings} for facet, settings in terms.items()}
    answer: dict[str, Any] = reader.searcher.aggregate(query, wanted)
    return {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in answer[facet]["buckets"]}
        for facet in facets
    }


def _page(
    reader: Reader, kind: Kind, asked: _Asked, sort: str, page: int, per_page: int
) -> tuple[int, ...]:
    start = max(page - 1, 0) * per_page
    limit = min(per_page, DEEPEST - start)
    if limit <= 0:
        return ()
    key = ("page", asked, sort, start, limit)
    ids: tuple[int, ...] | None = reader.recall(key)
    if ids is None:
        ids = _read_page(reader, kind, asked, sort, start, limit)
        reader.keep(key, ids)
    return ids


def _read_page(
    reader: Reader, kind: Kind, asked: _Asked, sort: str, start: int, limit: int
) -> tuple[int, ...]:
    if sort == "relevance" and not asked.words:
        sort = kind.sort
    order: dict[str, Any] = {}
    if sort != "relevance":
        order["order_by_field"] = f"by_{sort.removeprefix('-')}"
        order["order"] = Order.Desc if sort.startswith("-") else Order.Asc
    query = _query(reader, asked)
    hits = reader.searcher.search(query, limit, count=False, offset=start, **order).hits
    addresses = [address for _, address in hits]
    ids = reader.searcher.fast_field_values("id", addresses) if addresses else []
    return tuple(int(id) for id in ids if id is not None)


def _query(reader: Reader, asked: _Asked, *, without: str = "") -> Query:
    """Everything asked for, but for the filter of one facet."""
    parts = [_word(reader, word) for word in asked.words[:-1]]
    parts += [_last_word(reader, word) for word in asked.words[-1:]]
    parts += [
        Query.const_score_query(_either(reader, facet, values), 0.0)
        for facet, values in asked.filters
        if facet != without
    ]
    parts += [
        Query.const_score_query(_between(reader, number, low, high), 0.0)
        for number, low, high in asked.ranges
        if (low, high) != (None, None)
    ]
    return (
        Query.boolean_query([(Occur.Must, part) for part in parts]) if parts else Query.all_query()
    )


def _word(reader: Reader, word: str) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in _exactly(reader, word)])


def _last_word(reader: Reader, word: str) -> Query:
    """The word, or, less well, words that begin with it."""
    queries = _exactly(reader, word)
    if len(word) > 1:
        queries += [
            Query.boost_query(_begins(reader, field, word), boost)
            for field, boost in (("name", 0.2), ("body", 0.1))
        ]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _exactly(reader: Reader, word: str) -> list[Query]:
    in_name = Query.term_query(reader.schema, "name", word)
    return [
        Query.boost_query(in_name, NAME_BOOST),
        Query.term_query(reader.schema, "body", word),
    ]


def _begins(reader: Reader, field: str, word: str) -> Query:
    return Query.fuzzy_term_query(reader.schema, field, word, distance=0, prefix=True)


def _either(reader: Reader, facet: str, values: tuple[str, ...]) -> Query:
    name = f"is_{facet}"
    terms = [Query.term_query(reader.schema, name, value) for value in map(_harmless, values)]
    return Query.boolean_query([(Occur.Should, term) for term in terms])


def _harmless(value: str) -> str:
    """A lone surrogate cannot be written as UTF-8; nothing bears such a value."""
    return value.encode("utf-8", "replace").decode()


def _between(reader: Reader, number: str, low: int | None, high: int | None) -> Query:
    lowest = min(max(low or 0, 0), LARGEST_NUMBER + 1)
    highest = LARGEST_NUMBER if high is None else min(max(high, -1), LARGEST_NUMBER)
    if lowest > highest:
        return Query.empty_query()
    return Query.range_query(reader.schema, f"has_{number}", FieldType.Integer, lowest, highest)
