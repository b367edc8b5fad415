"""What a new row of a file may be under another number: an entry, or a row above it.

Found without comparing all with all.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final

from taawon.cooperatives import likeness
from taawon.cooperatives.likeness import LIKELY, Entry
from taawon.cooperatives.models import Cooperative, ImportRow
from taawon.core.languages import columns

Candidate = dict[str, Any]
# What likeness is read from.
TELLING: Final = frozenset(
    (*columns("name"), "province_id", "commune_id", "phone", "phone_on_record", "president")
)
_NEEDED: Final = ("pk", *sorted(TELLING))
# A word that so many names of a province hold says nothing.
_BLOCK: Final = 60
_COMPARED: Final = 8
_SHOWN: Final = 5
# A decision: the cooperative of another row of the file, so that this row stays out.
SAME_AS_ROW: Final = "row:"


class _Blocks:
    """Who shares a key of likeness with whom, as numbers alone."""

    def __init__(self) -> None:
        # Most keys are one entry's: a number needs a third of the memory of a list.
        self._blocks: dict[int, int | array[int]] = {}

    def add(self, keys: Iterable[str], one: int) -> None:
        for key in map(hash, keys):
            block = self._blocks.get(key)
            if block is None:
                self._blocks[key] = one
            elif isinstance(block, int):
                self._blocks[key] = array("q", (block, one))
            elif len(block) <= _BLOCK:
                block.append(one)

    def near(self, keys: Iterable[str]) -> list[int]:
        """Those that share most keys."""
        shared: Counter[int] = Counter()
        for key in keys:
            block = self._blocks.get(hash(key), ())
            if isinstance(block, int):
                shared[block] += 1
            elif len(block) <= _BLOCK:
                shared.update(block)
        return [one for one, _times in shared.most_common(_COMPARED)]


class Likely:
    """All entries of the register by the keys of their likeness."""

    def __init__(self) -> None:
        self._blocks = _Blocks()
        rows = Cooperative.objects.filter(merged_into__isnull=True).order_by("pk")
        for row in rows.values(*_NEEDED).iterator(chunk_size=2_000):
            self._blocks.add(likeness.keys(likeness.entry(row)), row["pk"])

    def of(self, rows: Sequence[Entry]) -> list[list[Candidate]]:
        """For each row the likeliest entries, best first: {"id", "score", "reasons"}; one query."""
        near = [self._blocks.near(likeness.keys(one)) for one in rows]
        found = _entries({pk for pks in near for pk in pks})
        return [
            _best("id", one, {pk: found[pk] for pk in pks if pk in found})
            for one, pks in zip(rows, near, strict=True)
        ]


class Above:
    """The rows of a file that were read so far, by the keys of their likeness."""

    def __init__(self, batch_id: int) -> None:
        self._batch_id = batch_id
        self._blocks = _Blocks()

    def add(self, number: int, entry: Entry) -> None:
        self._blocks.add(likeness.keys(entry), number)

    def of(self, rows: Mapping[int, Entry], asks: Container[int]) -> dict[int, list[Candidate]]:
        """{row's number: the likeliest rows above it, best first: {"row", "score", "reasons"}} of
        those that ask. `rows` come in the order of the file and are known from now on; one query.
        """
        near: dict[int, list[int]] = {}
        for number, entry in rows.items():
            if number in asks:
                near[number] = self._blocks.near(likeness.keys(entry))
            self.add(number, entry)
        before = {one for found in near.values() for one in found} - rows.keys()
        known = {**self._read(before), **rows}
        return {
            number: _best("row", rows[number], {n: known[n] for n in found if n in known})
            for number, found in near.items()
        }

    def _read(self, numbers: set[int]) -> dict[int, Entry]:
        if not numbers:
            return {}
        rows = ImportRow.objects.filter(batch_id=self._batch_id, number__in=numbers)
        return {
            number: likeness.entry(values)
            for number, values in rows.values_list("number", "values")
        }


def together(entries: Iterable[Candidate], rows: Iterable[Candidate]) -> list[Candidate]:
    """Entries of the register and rows above, best first; an entry before a row as like."""
    both = [*entries, *rows]
    return sorted(both, key=lambda one: -int(one["score"]))[:_SHOWN]


def decision(candidate: Candidate) -> str:
    """How a decision for it is kept: "12" is an entry, "row:12" a row of the same file."""
    return f"{SAME_AS_ROW}{candidate['row']}" if "row" in candidate else str(candidate["id"])


def _entries(ids: set[int]) -> dict[int, Entry]:
    rows = Cooperative.objects.filter(pk__in=ids).values(*_NEEDED) if ids else ()
    return {row["pk"]: likeness.entry(row) for row in rows}


def _best(kind: str, entry: Entry, others: Mapping[int, Entry]) -> list[Candidate]:
    scored: list[Candidate] = []
    for pk, other in others.items():
        score, reasons = likeness.likeness(entry, other)
        if score >= LIKELY:
            scored.append({kind: pk, "score": score, "reasons": reasons})
    return sorted(scored, key=lambda one: (-one["score"], one[kind]))[:_SHOWN]
