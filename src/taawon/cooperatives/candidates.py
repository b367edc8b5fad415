"""Entries that a new row of a file may be under another number: found without comparing all."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from taawon.cooperatives import likeness
from taawon.cooperatives.likeness import LIKELY, Entry
from taawon.cooperatives.models import Cooperative
from taawon.core.languages import columns

Candidate = dict[str, Any]
_NEEDED: Final = (
    "pk",
    *columns("name"),
    "province_id",
    "commune_id",
    "phone",
    "phone_on_record",
    "president",
)
# A word that so many names of a province hold says nothing.
_BLOCK: Final = 60
_COMPARED: Final = 8
_SHOWN: Final = 5


class Likely:
    """All entries of the register by the keys of their likeness, kept as numbers alone."""

    def __init__(self) -> None:
        self._blocks: dict[int, array[int]] = {}
        rows = Cooperative.objects.filter(merged_into__isnull=True).order_by("pk")
        for row in rows.values(*_NEEDED).iterator(chunk_size=2_000):
            for key in likeness.keys(likeness.entry(row)):
                self._blocks.setdefault(hash(key), array("q")).append(row["pk"])

    def of(self, rows: Sequence[Mapping[str, Any]]) -> list[list[Candidate]]:
        """For each row (values of the register) the likeliest entries, best first; one query."""
        entries = [likeness.entry(row) for row in rows]
        near = [self._near(entry) for entry in entries]
        wanted = {pk for pks in near for pk in pks}
        found = _entries(wanted)
        return [
            _best(entry, {pk: found[pk] for pk in pks if pk in found})
            for entry, pks in zip(entries, near, strict=True)
        ]

    def _near(self, entry: Entry) -> list[int]:
        shared: Counter[int] = Counter()
        for key in likeness.keys(entry):
            block = self._blocks.get(hash(key), ())
            if len(block) <= _BLOCK:
                shared.update(block)
        return [pk for pk, _times in shared.most_common(_COMPARED)]


def _entries(ids: set[int]) -> dict[int, Entry]:
    rows = Cooperative.objects.filter(pk__in=ids).values(*_NEEDED) if ids else ()
    return {row["pk"]: likeness.entry(row) for row in rows}


def _best(entry: Entry, others: Mapping[int, Entry]) -> list[Candidate]:
    scored: list[Candidate] = []
    for pk, other in others.items():
        score, reasons = likeness.likeness(entry, other)
        if score >= LIKELY:
            scored.append({"id": pk, "score": score, "reasons": reasons})
    return sorted(scored, key=lambda one: (-one["score"], one["id"]))[:_SHOWN]
