"""A page of hits in their order: the best first, and no group more than a few times at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tantivy import DocAddress, Order, Query

from taawon.search import scoring
from taawon.search.readers import Reader
from taawon.search.scoring import Question

DEEPEST = 10_000
# Of one group, on the first page.
MOST_OF_A_GROUP = 3
WINDOW = 4
ROUNDS = 4


class Hit(NamedTuple):
    id: int
    group: int
    score: float


def sorted_by(
    reader: Reader, asked: Question, sort: str, start: int, limit: int
) -> tuple[int, ...]:
    """`sort`: a number's name, or "-" and its name."""
    found = reader.searcher.search(
        scoring.query(reader, asked),
        limit,
        count=False,
        offset=start,
        order_by_field=f"by_{sort.removeprefix('-')}",
        order=Order.Desc if sort.startswith("-") else Order.Asc,
    )
    return tuple(_values(reader, "id", [address for _, address in found.hits]))


def relevant(reader: Reader, asked: Question, start: int, limit: int, size: int) -> tuple[int, ...]:
    """`limit` hits from `start` on; in the first page, of `size`, groups take turns."""
    if start == 0:
        return _in_turns(reader, asked, size)[:limit]
    shown = set(_first_page(reader, asked, size))
    others = [hit.id for hit in _top(reader, asked, start + limit) if hit.id not in shown]
    return tuple(others[start - size :][:limit])


def _first_page(reader: Reader, asked: Question, size: int) -> tuple[int, ...]:
    """Kept for whoever leafs through the pages after it."""
    key = ("first page", asked, size)
    known: tuple[int, ...] | None = reader.recall(key)
    if known is None:
        known = _in_turns(reader, asked, size)
        reader.keep(key, known)
    return known


def _in_turns(reader: Reader, asked: Question, size: int) -> tuple[int, ...]:
    taken: list[int] = []
    left: list[int] = []
    times: Counter[int] = Counter()
    window = size * WINDOW
    for _ in range(ROUNDS):
        full = [group for group, count in times.items() if count >= MOST_OF_A_GROUP]
        found = _top(reader, asked, window, full)
        hits = [hit for hit in found if hit.id not in taken]
        for hit in hits:
            if hit.group and times[hit.group] >= MOST_OF_A_GROUP:
                left.append(hit.id)
            elif len(taken) < size:
                times[hit.group] += 1
                taken.append(hit.id)
        if len(taken) >= size or len(found) < window:
            break
    return tuple([*taken, *dict.fromkeys(left)][:size])


def _top(reader: Reader, asked: Question, limit: int, without: Sequence[int] = ()) -> list[Hit]:
    """The best, but for those of some groups. Equal ones in one order on every machine."""
    wanted = min(limit, DEEPEST)
    tiers = scoring.tiers(reader, asked)
    if tiers is None:
        query = scoring.query(reader, asked, ranked=True)
        return _scored(reader, scoring.but_for_groups(reader, query, without), wanted)
    hits: dict[int, Hit] = {}
    for query in tiers:
        allowed = scoring.but_for_groups(reader, query, without)
        for hit in _by_rank(reader, allowed, wanted + len(hits)):
            hits.setdefault(hit.id, hit)
        if len(hits) >= wanted:
            break
    return list(hits.values())[:wanted]


def _by_rank(reader: Reader, query: Query, limit: int) -> list[Hit]:
    found = reader.searcher.search(
        query, limit, count=False, order_by_field="by_rank", order=Order.Desc
    )
    return _hits(reader, [address for _, address in found.hits], [0.0] * len(found.hits))


def _scored(reader: Reader, query: Query, limit: int) -> list[Hit]:
    found = reader.searcher.search(query, limit, count=False, weight_by_field="weight")
    hits = _hits(reader, [address for _, address in found.hits], [score for score, _ in found.hits])
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))


def _hits(reader: Reader, addresses: list[DocAddress], scores: Sequence[float]) -> list[Hit]:
    ids, groups = _values(reader, "id", addresses), _values(reader, "group", addresses)
    return list(map(Hit, ids, groups, scores))


def _values(reader: Reader, name: str, addresses: list[DocAddress]) -> list[int]:
    if not addresses:
        return []
    return [int(value or 0) for value in reader.searcher.fast_field_values(name, addresses)]
