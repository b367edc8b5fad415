"""A page of hits in their order: the best first, and no group more than a few times at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tantivy import Order, Query

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
    query = scoring.query(reader, asked, ranked=True)
    first = _first_page(reader, asked, query, size)
    if start == 0:
        return first[:limit]
    shown = set(first)
    others = [hit.id for hit in _top(reader, query, start + limit) if hit.id not in shown]
    return tuple(others[start - size :][:limit])


def _first_page(reader: Reader, asked: Question, query: Query, size: int) -> tuple[int, ...]:
    key = ("first page", asked, size)
    known: tuple[int, ...] | None = reader.recall(key)
    if known is None:
        known = _in_turns(reader, query, size)
        reader.keep(key, known)
    return known


def _in_turns(reader: Reader, query: Query, size: int) -> tuple[int, ...]:
    taken: list[int] = []
    left: list[int] = []
    times: Counter[int] = Counter()
    window = size * WINDOW
    for _ in range(ROUNDS):
        full = [group for group, count in times.items() if count >= MOST_OF_A_GROUP]
        asking = scoring.but_for_groups(reader, query, full) if full else query
        hits = [hit for hit in _top(reader, asking, window) if hit.id not in taken]
        for hit in hits:
            if hit.group and times[hit.group] >= MOST_OF_A_GROUP:
                left.append(hit.id)
            elif len(taken) < size:
                times[hit.group] += 1
                taken.append(hit.id)
        if len(taken) >= size or len(hits) < window:
            break
    return tuple([*taken, *dict.fromkeys(left)][:size])


def _top(reader: Reader, query: Query, limit: int) -> list[Hit]:
    """The best; equal ones by id, so that every machine answers alike."""
    found = reader.searcher.search(
        query, min(limit, DEEPEST), count=False, weight_by_field="weight"
    )
    addresses = [address for _, address in found.hits]
    ids, groups = _values(reader, "id", addresses), _values(reader, "group", addresses)
    scores = [score for score, _ in found.hits]
    hits = map(Hit, ids, groups, scores)
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))


def _values(reader: Reader, name: str, addresses: Sequence[object]) -> list[int]:
    if not addresses:
        return []
    return [int(value or 0) for value in reader.searcher.fast_field_values(name, addresses)]
