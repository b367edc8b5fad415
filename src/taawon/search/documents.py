"""What is found: documents of a kind, and who knows how to build them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LARGEST_NUMBER = 2**31 - 1

Tree = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as the index knows it.

    `names` are the name in its languages and count more than `body`, texts beside it; as people
    wrote them. `proper` are proper names beside it (where it is, who makes it): texts too, that are
    also found by how they sound. `terms` are exact values of facets, `numbers` whole and between 0
    and 2³¹ - 1 (what is outside is clamped). Among equal hits the one of a higher `rank`
    (0 … 1,000) comes first. Of one `group` (a number, 0 for none) a first page shows a few.
    """

    kind: str
    id: int
    names: tuple[str, ...]
    body: tuple[str, ...] = ()
    proper: tuple[str, ...] = ()
    rank: int = 0
    group: int = 0
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of documents, and how they are made.

    `build` takes some ids and returns the documents of those that are to be found; an id that
    yields none is taken out of the index. `all_ids` yields every id that may yield one. `sort` is
    the order of a list without words: a number's name, with "-" for the largest first. `trees`:
    for a facet whose values lie in each other, {value: the one that it lies in}; documents bear
    the innermost alone. `since` is the number that tells when a document came (seconds).
    """

    name: str
    facets: tuple[str, ...]
    numbers: tuple[str, ...]
    sort: str
    build: Callable[[Sequence[int]], list[Document]]
    all_ids: Callable[[], Iterator[int]]
    trees: Mapping[str, Tree] = field(default_factory=dict)
    since: str = "newest"

    def within(self, facet: str, values: Iterable[str]) -> set[str]:
        """The values with all that lies in them."""
        parents = self.trees[facet]() if facet in self.trees else {}
        wanted = set(values)
        while more := {inner for inner, outer in parents.items() if outer in wanted} - wanted:
            wanted |= more
        return wanted

    def upwards(self, facet: str, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts of the innermost values, and with them those of what they lie in."""
        if facet not in self.trees:
            return dict(counts)
        parents, found = self.trees[facet](), dict.fromkeys(counts, 0)
        for value, count in counts.items():
            for outer in _way(value, parents):
                found[outer] = found.get(outer, 0) + count
        return found


def _way(value: str, parents: Mapping[str, str]) -> list[str]:
    """The value, what it lies in, and so on; a ring is gone around once."""
    way = [value]
    while (outer := parents.get(way[-1])) and outer not in way:
        way.append(outer)
    return way


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    build: Callable[[Sequence[int]], list[Document]],
    all_ids: Callable[[], Iterator[int]],
    *,
    facets: Sequence[str],
    numbers: Sequence[str],
    sort: str,
    trees: Mapping[str, Tree] | None = None,
    since: str = "newest",
) -> None:
    """Say once, as the app gets ready, that there are documents of this kind."""
    if sort.removeprefix("-") not in numbers:
        raise ValueError(f"{name} cannot be sorted by {sort!r}: {sorted(numbers)}")
    _kinds[name] = Kind(
        name, tuple(facets), tuple(numbers), sort, build, all_ids, trees or {}, since
    )


def unregister(name: str) -> None:
    _kinds.pop(name, None)


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind(name: str) -> Kind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[name]
