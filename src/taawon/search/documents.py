"""What is found: documents of a kind, and who knows how to build them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as the index knows it.

    `names` are the name in its languages and count more than `body`, texts beside it; as people
    wrote them. `terms`
    are exact values of facets, `numbers` whole and between 0 and 2³¹ - 1 (what is outside is
    clamped). Among equal hits the one of a higher `rank` (0 … 1,000) comes first. Of one `group`
    (a number, 0 for none) a first page shows a few.
    """

    kind: str
    id: int
    names: tuple[str, ...]
    body: tuple[str, ...] = ()
    rank: int = 0
    group: int = 0
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of documents, and how they are made.

    `build` takes some ids and returns the documents of those that are to be found; an id that
    yields none is taken out of the index. `all_ids` yields every id that may yield one. `sort` is
    the order of a list without words: a number's name, with "-" for the largest first.
    """

    name: str
    facets: tuple[str, ...]
    numbers: tuple[str, ...]
    sort: str
    build: Callable[[Sequence[int]], list[Document]]
    all_ids: Callable[[], Iterator[int]]


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    build: Callable[[Sequence[int]], list[Document]],
    all_ids: Callable[[], Iterator[int]],
    *,
    facets: Sequence[str],
    numbers: Sequence[str],
    sort: str,
) -> None:
    """Say once, as the app gets ready, that there are documents of this kind."""
    if sort.removeprefix("-") not in numbers:
        raise ValueError(f"{name} cannot be sorted by {sort!r}: {sorted(numbers)}")
    _kinds[name] = Kind(name, tuple(facets), tuple(numbers), sort, build, all_ids)


def unregister(name: str) -> None:
    _kinds.pop(name, None)


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind(name: str) -> Kind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[name]
