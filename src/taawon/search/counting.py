"""How many pass a question, and how many each value of a facet would leave: exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tantivy import Query

from taawon.search import scoring
from taawon.search.readers import Reader
from taawon.search.scoring import Question

# More than any facet has values, so that every count is exact.
MOST_BUCKETS = 65_000
# The name of the count of all among those of facets: no facet is called so.
_ALL = "all documents"

Counts = Mapping[str, Mapping[str, int]]


def counted(reader: Reader, asked: Question, facets: tuple[str, ...]) -> tuple[int, Counts]:
    """The count of all, and {facet: {value: count}}, each without the filters of its own facet."""
    asked = replace(asked, preferred=())
    key = ("counted", asked, facets)
    known: tuple[int, Counts] | None = reader.recall(key)
    if known is None:
        known = _counted(reader, asked, facets)
        reader.keep(key, known)
    return known


def nothing_has_all(reader: Reader, asked: Question) -> bool:
    """Whether no document at all has all the words. Filters do not count: what a question means
    must not change with them, or the counts of facets would not be those of their lists."""
    if len(asked.strong) < 2:
        return False
    return counted(reader, Question(units=asked.units), ())[0] == 0


def _counted(reader: Reader, asked: Question, facets: tuple[str, ...]) -> tuple[int, Counts]:
    query = scoring.query(reader, asked)
    filtered = {facet for facet, _ in asked.filters}
    together = [facet for facet in facets if facet not in filtered]
    if together:
        count, counts = _aggregated(reader, query, together)
    else:
        count, counts = _count(reader, query, asked), {}
    for facet in facets:
        if facet in filtered:
            counts[facet] = _without_its_filter(reader, asked, facet)
    return count, counts


def _count(reader: Reader, query: Query, asked: Question) -> int:
    if asked == Question():
        return reader.searcher.num_docs
    found = reader.searcher.search(query, 1, count=True)
    counted: int = found.count  # type: ignore[attr-defined]  # the stubs forget it
    return counted


def _without_its_filter(reader: Reader, asked: Question, facet: str) -> Mapping[str, int]:
    """The same whatever is chosen of this facet: many questions share it."""
    others = tuple(one for one in asked.filters if one[0] != facet)
    key = ("facet", replace(asked, filters=others), facet)
    known: Mapping[str, int] | None = reader.recall(key)
    if known is None:
        query = scoring.query(reader, asked, without=facet)
        known = _aggregated(reader, query, [facet])[1][facet]
        reader.keep(key, known)
    return known


def _aggregated(
    reader: Reader, query: Query, facets: Sequence[str]
) -> tuple[int, dict[str, Mapping[str, int]]]:
    """One walk over the hits for all of it."""
    wanted: dict[str, Any] = {
        facet: {
            "terms": {
                "field": f"is_{facet}",
                "size": MOST_BUCKETS,
                "segment_size": MOST_BUCKETS,
            }
        }
        for facet in facets
    }
    wanted[_ALL] = {"value_count": {"field": "id"}}
    answer: dict[str, Any] = reader.searcher.aggregate(query, wanted)
    counts: dict[str, Mapping[str, int]] = {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in answer[facet]["buckets"]}
        for facet in facets
    }
    return int(answer[_ALL]["value"]), counts
