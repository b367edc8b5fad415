"""A tidied question as the index asks it: every word, every filter, how much each hit is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tantivy import FieldType, Occur, Query

from taawon.search.documents import LARGEST_NUMBER
from taawon.search.readers import Reader
from taawon.search.understanding import FIRST, HEARD, Clause, Unit

# Less than what any better hit is worth, and less than being in stock (see index.WEIGHT).
PREFERRED = 0.01
# Of more words than this, any one is enough where no hit has them all.
MOST_LEFT_OUT = 6


@dataclass(frozen=True, slots=True)
class Question:
    """Tidied so that equal questions are equal. `loosely`: a hit may lack one of the words."""

    units: tuple[Unit, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ranges: tuple[tuple[str, int | None, int | None], ...] = ()
    preferred: tuple[tuple[str, tuple[str, ...]], ...] = ()
    loosely: bool = False

    @property
    def strong(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if not unit.is_weak)


def query(reader: Reader, asked: Question, *, without: str = "", ranked: bool = False) -> Query:
    """Everything asked for, but for the filter of one facet. Only a `ranked` one tells hits apart
    further than by passing."""
    parts = [(Occur.Must, part) for part in _words(reader, asked, ranked)]
    parts += [
        (Occur.Must, Query.const_score_query(_either(reader, facet, values), 0.0))
        for facet, values in asked.filters
        if facet != without
    ]
    parts += [
        (Occur.Must, Query.const_score_query(_between(reader, number, low, high), 0.0))
        for number, low, high in asked.ranges
        if (low, high) != (None, None)
    ]
    if not parts:
        return Query.all_query()
    if ranked:
        parts += [(Occur.Should, bonus) for bonus in _bonuses(reader, asked)]
    return Query.boolean_query(parts)


def tiers(reader: Reader, asked: Question) -> list[Query] | None:
    """For a question of one word: a query for each worth, the best first. Whoever answers a later
    one may have answered an earlier one. None for other questions."""
    if len(asked.units) != 1 or asked.units[0].parts or asked.preferred:
        return None
    unit = asked.units[0]
    passing = query(reader, replace(asked, units=()))
    worth: dict[float, list[Query]] = {}
    for clause in (*unit.clauses, *unit.completions):
        worth.setdefault(clause.score, []).append(_term(reader, clause))
    heads = [Query.term_query(reader.schema, "name_keys", key) for key in unit.first]
    made: list[list[Query]] = []
    for score in sorted(worth, reverse=True):
        if heads and score >= HEARD[0]:
            made.append([_any(worth[score]), _any(heads)])
        made.append([_any(worth[score])])
    return [_all([*parts, passing]) for parts in made]


def but_for_groups(reader: Reader, query: Query, groups: Sequence[int]) -> Query:
    if not groups:
        return query
    without = [(Occur.MustNot, Query.term_query(reader.schema, "group", group)) for group in groups]
    return Query.boolean_query([(Occur.Must, query), *without])


def _words(reader: Reader, asked: Question, ranked: bool) -> list[Query]:
    ask = _unit if ranked else _passing
    strong = [ask(reader, unit) for unit in asked.strong]
    if not asked.loosely or len(strong) < 2:
        return strong
    enough = len(strong) - 1 if len(strong) <= MOST_LEFT_OUT else 1
    parts = [(Occur.Should, part) for part in strong]
    return [Query.boolean_query(parts, minimum_number_should_match=enough)]


def _bonuses(reader: Reader, asked: Question) -> list[Query]:
    """What only orders the hits: weak words, the name's beginning, what is near."""
    found = [_unit(reader, unit) for unit in asked.units if unit.is_weak]
    if asked.units:
        heads = [Query.term_query(reader.schema, "name_keys", key) for key in asked.units[0].first]
        if heads:
            found.append(Query.const_score_query(_any(heads), FIRST))
    for facet, values in asked.preferred:
        for place, value in enumerate(values):
            near = _either(reader, facet, (value,))
            found.append(Query.const_score_query(near, PREFERRED / (place + 1)))
    return found


def _unit(reader: Reader, unit: Unit) -> Query:
    ways = [_clause(reader, clause) for clause in (*unit.clauses, *unit.completions)]
    if unit.parts:
        ways.append(_all([_unit(reader, part) for part in unit.parts]))
    return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways)


def _passing(reader: Reader, unit: Unit) -> Query:
    """The same documents as `_unit`, none better than another."""
    ways = [Query.term_query(reader.schema, "all", term) for term in unit.terms]
    ways += [_term(reader, clause) for clause in unit.completions]
    if unit.parts:
        ways.append(_all([_passing(reader, part) for part in unit.parts]))
    return ways[0] if len(ways) == 1 else _any(ways)


def _clause(reader: Reader, clause: Clause) -> Query:
    return Query.const_score_query(_term(reader, clause), clause.score)


def _term(reader: Reader, clause: Clause) -> Query:
    if not clause.is_prefix:
        return Query.term_query(reader.schema, clause.field, clause.term)
    return Query.fuzzy_term_query(reader.schema, clause.field, clause.term, distance=0, prefix=True)


def _all(queries: list[Query] | tuple[Query, ...]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


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
