"""The dry run of a file: what each row would change, and why it cannot. Nothing else is written.

A killed run goes on where it stopped: chunks commit with the count of rows that are through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from taawon.cooperatives import history, identity, likeness, rules
from taawon.cooperatives.candidates import TELLING, Above, Likely, together
from taawon.cooperatives.identity import Known
from taawon.cooperatives.models import ImportBatch, ImportRow, Proposal
from taawon.cooperatives.reading import Problem, Read, Reader, lacking
from taawon.cooperatives.register_events import RegisterFileChecked
from taawon.cooperatives.sheets import open_sheet
from taawon.cooperatives.states import REMARKED, BatchState, ProposalState, RowOutcome
from taawon.core.actor import Actor
from taawon.core.folding import folded
from taawon.core.locks import lock
from taawon.journal.record import record
from taawon.places.resolve import resolver

CHUNK = 500
Tell = Callable[[int, int], None]


class Elsewhere(Exception):
    """Another worker has this batch, or somebody changed its state."""


def run(batch: ImportBatch, *, by: Actor, tell: Tell) -> None:
    """To the end of the file. Raises BadSheet, and Elsewhere."""
    done = batch.done
    with storages["private"].open(batch.file) as file:
        sheet = open_sheet(file, batch.sheet)
        checker = Checker(batch)
        rows = islice(sheet.rows, done, None)
        while chunk := list(islice(rows, CHUNK)):
            _keep(batch.pk, done, checker.rows(chunk))
            done += len(chunk)
            tell(done, max(sheet.about, done))
    _finish(batch.pk, done, by=by)


@transaction.atomic
def _keep(batch_id: int, expected: int, rows: Sequence[ImportRow]) -> None:
    batch = _still_mine(batch_id, expected)
    ImportRow.objects.bulk_create(rows)
    counted = Counter(batch.counts)
    counted.update(row.outcome for row in rows)
    counted.update(REMARKED for row in rows if row.remarks)
    batch.counts, batch.done = dict(counted), expected + len(rows)
    batch.total = max(batch.total, batch.done)
    batch.changed_at = timezone.now()
    batch.save(update_fields=["counts", "done", "total", "changed_at"])


@transaction.atomic
def _finish(batch_id: int, done: int, *, by: Actor) -> None:
    batch = _still_mine(batch_id, done)
    batch.state, batch.total, batch.changed_at = BatchState.CHECKED, done, timezone.now()
    batch.save(update_fields=["state", "total", "changed_at"])
    record(RegisterFileChecked(batch_id=batch.pk, rows=done), by=by)


def _still_mine(batch_id: int, expected: int) -> ImportBatch:
    batch = lock(ImportBatch, pk=batch_id)
    if batch.state != BatchState.CHECKING or batch.done != expected:
        raise Elsewhere
    return batch


class Checker:
    """Says of each row what it is. Knows the rows of the file that went before."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._reader = Reader(batch.columns)
        self._region = rules.importing_region(batch.person_id)
        self._likely: Likely | None = None
        self._above = Above(batch.pk)
        self._seen: dict[tuple[str, ...], int] = {}
        if batch.done:
            self._remember()

    def _remember(self) -> None:
        """The rows that were read before the run was interrupted."""
        rows = ImportRow.objects.filter(batch=self._batch).exclude(outcome=RowOutcome.REFUSED)
        told = rows.order_by("number").only(
            "number", "values", "outcome", "difference", "cooperative_id"
        )
        for row in told.iterator(chunk_size=2_000):
            pk = row.cooperative_id
            self._seen[(str(pk),) if pk else identity.key(row.values)] = row.number
            if _tells(row):
                self._above.add(row.number, likeness.entry(row.values))

    def rows(self, chunk: Sequence[tuple[int, list[str]]]) -> list[ImportRow]:
        """At most seven queries, however many rows there are."""
        read = [self._reader.read(cells) for _number, cells in chunk]
        known = identity.known(one.values for one in read)
        rows = [
            self._row(number, cells, one, known)
            for (number, cells), one in zip(chunk, read, strict=True)
        ]
        self._compare([row for row in rows if row.outcome == RowOutcome.CHANGED], known)
        self._look_for_doubles(rows)
        return rows

    def _row(self, number: int, cells: list[str], read: Read, known: Known) -> ImportRow:
        row = ImportRow(batch=self._batch, number=number, cells=cells, values=read.values)
        problems = list(read.problems)
        if not read.values.get("registration_number") and not problems:
            problems.append(Problem("registration_number", "missing"))
        if not problems:
            problems += self._identify(row, known)
        if problems:
            row.outcome = RowOutcome.REFUSED
            row.problems = [self._said(problem) for problem in problems]
        else:
            row.remarks = [self._said(remark) for remark in read.remarks]
        return row

    def _identify(self, row: ImportRow, known: Known) -> list[Problem]:
        """Set what the row is, or say what is wrong with it."""
        found = known.find(row.values)
        if len(found) > 1:
            ids = tuple(str(entry["pk"]) for entry in found)
            return [Problem("registration_number", "several-entries", more=ids)]
        # By the entry where there is one: two rows may say the same court in two ways.
        key = (str(found[0]["pk"]),) if found else identity.key(row.values)
        if first := self._seen.get(key):
            return [Problem("registration_number", "twice", more=(str(first),))]
        if problems := self._new_or_changed(row, found):
            return problems
        self._seen[key] = row.number
        return []

    def _new_or_changed(self, row: ImportRow, found: Sequence[Mapping[str, Any]]) -> list[Problem]:
        province = row.values.get("province_id")
        regions = [resolver().region_of(province)] if province else []
        if not found:
            row.outcome = RowOutcome.NEW
            return lacking(row.values) or self._elsewhere(regions)
        [entry] = found
        if entry["merged_into_id"] is not None:
            # What was merged away stays so, however often a file names it.
            row.outcome, row.cooperative_id = RowOutcome.SAME, entry["merged_into_id"]
            return []
        row.outcome, row.cooperative_id = RowOutcome.CHANGED, entry["pk"]
        return self._elsewhere([entry["region_id"], *regions])

    def _elsewhere(self, regions: Sequence[str]) -> list[Problem]:
        if self._region is None or all(region == self._region for region in regions):
            return []
        return [Problem("region", "other-region")]

    def _compare(self, rows: Sequence[ImportRow], known: Known) -> None:
        """Those whose values are what the register holds already are the same."""
        entries = {entry["pk"]: entry for found in known.by_number.values() for entry in found}
        asked = answered([row.cooperative_id or 0 for row in rows])
        for row in rows:
            row.difference = difference(entries[row.cooperative_id], row.values)
            for field in [
                field
                for field, (_old, new) in row.difference.items()
                if (row.cooperative_id, field, new) in asked
            ]:
                del row.difference[field]
            if not row.difference:
                row.outcome = RowOutcome.SAME

    def _look_for_doubles(self, rows: Sequence[ImportRow]) -> None:
        """New rows beside the register, and beside the rows of the file above them."""
        telling = {row.number: likeness.entry(row.values) for row in rows if _tells(row)}
        new = [row for row in rows if row.outcome == RowOutcome.NEW]
        above = self._above.of(telling, {row.number for row in new})
        if not new:
            return
        if self._likely is None:
            self._likely = Likely()
        entries = self._likely.of([telling[row.number] for row in new])
        for row, found in zip(new, entries, strict=True):
            if candidates := together(found, above[row.number]):
                row.outcome, row.candidates = RowOutcome.DOUBTFUL, candidates

    def _said(self, problem: Problem) -> dict[str, Any]:
        column = self._batch.columns.get(problem.field)
        heading = self._batch.headings[column] if column is not None else ""
        return {**asdict(problem), "more": list(problem.more), "column": heading}


def difference(entry: Mapping[str, Any], values: Mapping[str, Any]) -> history.Changes:
    """What the row would change; the same court written in another way is no change."""
    found = history.difference(entry, values)
    court = found.get("court")
    if court and folded(court[0] or "") == folded(court[1] or ""):
        del found["court"]
    return found


def answered(ids: Sequence[int]) -> set[tuple[int, str, Any]]:
    """(entry, field, value) that a cooperative was asked about already, or declined; one query."""
    states = (ProposalState.WAITING, ProposalState.DECLINED)
    asked = Proposal.objects.filter(cooperative_id__in=ids, state__in=states)
    return {
        (pk, field, value)
        for pk, field, value in asked.values_list("cooperative_id", "field", "value")
    }


def _tells(row: ImportRow) -> bool:
    """Whether the register will hold something else by this row that others may be like."""
    if row.outcome == RowOutcome.CHANGED:
        return not TELLING.isdisjoint(row.difference)
    return row.outcome in (RowOutcome.NEW, RowOutcome.DOUBTFUL)
