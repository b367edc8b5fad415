"""A file of the register, from the upload to its undo: what people decide. `working` does it."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Mapping
from datetime import date
from typing import IO, Final

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from taawon.cooperatives import candidates, rules
from taawon.cooperatives.errors import (
    ColumnNeeded,
    ColumnTwice,
    FileTooLarge,
    FileTooOld,
    NotDoubtful,
    WrongBatchState,
)
from taawon.cooperatives.matching import FIELDS, NEEDED
from taawon.cooperatives.matching import match as guess
from taawon.cooperatives.models import ImportBatch, ImportRow
from taawon.cooperatives.register_events import (
    RegisterFileApproved,
    RegisterFileBrought,
    RegisterFileDecided,
    RegisterFileDiscarded,
    RegisterFileMatched,
    RegisterFileRecalled,
)
from taawon.cooperatives.services.applying import NEW, waiting
from taawon.cooperatives.services.working import AT_WORK, NEVER
from taawon.cooperatives.sheets import Sheet, open_sheet
from taawon.cooperatives.states import NEXT_BATCH, BatchState, RowOutcome
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.disk import writing
from taawon.core.errors import Invalid, NotFound
from taawon.core.locks import lock_or_not_found
from taawon.core.text import clean
from taawon.journal.record import record

# No body of a request is larger (see config/bodies.py).
MOST_BYTES: Final = 40_000_000
_PIECE: Final = 1 << 20


def begin(
    file: IO[bytes],
    filename: str,
    source: str,
    as_of: date,
    *,
    sheet: str = "",
    by: Actor,
) -> ImportBatch:
    """Look at a file, keep it, and guess its columns. `source` says whose words they are.

    Raises NotFound, NotAllowed, Missing, TooLong, Invalid, FileTooLarge, BadSheet and its kinds,
    DiskFull.
    """
    rules.insist_on_importing(by)
    said = written.line(source, field="source", most=200)
    if not date(1950, 1, 1) <= as_of <= timezone.localdate():
        raise Invalid(field="as_of")
    with tempfile.TemporaryFile() as held:
        digest = _copied(file, held)
        looked_at = open_sheet(held, sheet)
        held.seek(0)
        name = f"registers/{secrets.token_hex(16)}"
        with writing():
            kept = storages["private"].save(name, File(held))
    try:
        return _begin(looked_at, clean(filename)[:200] or "-", digest, kept, said, as_of, by)
    except BaseException:
        storages["private"].delete(kept)
        raise


def _copied(file: IO[bytes], into: IO[bytes]) -> str:
    """Its SHA-256. Raises FileTooLarge, DiskFull."""
    digest, size = hashlib.sha256(), 0
    with writing():
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise FileTooLarge(field="file", most=MOST_BYTES // 1_000_000)
            digest.update(piece)
            into.write(piece)
    return digest.hexdigest()


@transaction.atomic
def _begin(
    sheet: Sheet, filename: str, digest: str, kept: str, source: str, as_of: date, by: Actor
) -> ImportBatch:
    batch = ImportBatch.objects.create(
        file=kept,
        filename=filename,
        sha256=digest,
        source=source,
        as_of=as_of,
        sheet=sheet.name[:120],
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        headings=[heading[:200] for heading in sheet.headings],
        columns={one.field: one.column for one in guess(sheet.headings)},
        total=sheet.about,
        person_id=by.person_id,
    )
    record(RegisterFileBrought(batch_id=batch.pk), by=by)
    return batch


@transaction.atomic
def match(batch_id: int, columns: Mapping[str, int], *, by: Actor) -> ImportBatch:
    """Say which column (from 0) holds which field, and have every row looked at.

    Raises NotFound, NotAllowed, WrongBatchState, FileTooOld, ColumnNeeded, ColumnTwice,
    Invalid.
    """
    batch = _held(batch_id, by)
    places = range(len(batch.headings))
    if not set(columns) <= set(FIELDS) or not set(columns.values()) <= set(places):
        raise Invalid(field="columns")
    if len(set(columns.values())) < len(columns):
        raise ColumnTwice(field="columns")
    if NEEDED not in columns:
        raise ColumnNeeded(field=NEEDED)
    _become(batch, BatchState.CHECKING)
    batch.columns = dict(columns)
    batch.counts, batch.problem = {}, ""
    ImportRow.objects.filter(batch=batch).delete()
    record(RegisterFileMatched(batch_id=batch.pk), by=by)
    return _to_work(batch, "columns", "counts", "problem")


def check(batch_id: int, *, by: Actor) -> ImportBatch:
    """The same with the columns as they are: again, when the register has changed meanwhile."""
    return match(batch_id, _held_columns(batch_id, by), by=by)


@transaction.atomic
def _held_columns(batch_id: int, by: Actor) -> dict[str, int]:
    return dict(_held(batch_id, by).columns)


@transaction.atomic
def decide(row_id: int, decision: str, *, by: Actor) -> ImportRow:
    """Say what a doubtful row is: a candidate as `candidates.decision` writes it, "new", or "" for
    not yet.

    Raises NotFound, NotAllowed, WrongBatchState, FileTooOld, NotDoubtful, Invalid.
    """
    batch_id = ImportRow.objects.filter(pk=row_id).values_list("batch_id", flat=True).first()
    if batch_id is None:
        rules.insist_on_importing(by)
        raise NotFound
    batch = _held(batch_id, by)
    row = lock_or_not_found(ImportRow, pk=row_id)
    _insist(batch, BatchState.CHECKED)
    if row.outcome != RowOutcome.DOUBTFUL:
        raise NotDoubtful
    if decision not in ("", NEW, *map(candidates.decision, row.candidates)):
        raise Invalid(field="decision")
    row.decision = decision
    row.save(update_fields=["decision"])
    _touch(batch)
    record(RegisterFileDecided(batch_id=batch.pk, rows=1), by=by)
    return row


@transaction.atomic
def decide_all(batch_id: int, decision: str, *, by: Actor) -> int:
    """Of all doubtful rows that nobody has decided: "new", or "first" for the likeliest candidate.

    How many they were. Raises NotFound, NotAllowed, WrongBatchState, FileTooOld,
    Invalid.
    """
    batch = _held(batch_id, by)
    _insist(batch, BatchState.CHECKED)
    if decision not in (NEW, "first"):
        raise Invalid(field="decision")
    open_ones = ImportRow.objects.filter(batch=batch, outcome=RowOutcome.DOUBTFUL, decision="")
    rows = list(open_ones.only("pk", "candidates"))
    for row in rows:
        row.decision = NEW if decision == NEW else candidates.decision(row.candidates[0])
    ImportRow.objects.bulk_update(rows, ["decision"], 1_000)
    _touch(batch)
    record(RegisterFileDecided(batch_id=batch.pk, rows=len(rows)), by=by)
    return len(rows)


@transaction.atomic
def apply(batch_id: int, *, by: Actor) -> ImportBatch:
    """Bring in what the dry run showed; doubtful rows without a decision stay out.

    Raises NotFound, NotAllowed, WrongBatchState, FileTooOld.
    """
    batch = _held(batch_id, by)
    _become(batch, BatchState.APPLYING)
    batch.total = waiting(batch.pk).count()
    record(RegisterFileApproved(batch_id=batch.pk, rows=batch.total), by=by)
    return _to_work(batch, "total")


@transaction.atomic
def revert(batch_id: int, *, by: Actor) -> ImportBatch:
    """Take back what the file changed, as far as it is still the file's.

    Raises NotFound, NotAllowed, WrongBatchState, FileTooOld.
    """
    batch = _held(batch_id, by)
    if rules.undo_ends(batch) < timezone.now() and batch.state not in AT_WORK:
        raise FileTooOld
    _become(batch, BatchState.REVERTING)
    batch.total = ImportRow.objects.filter(batch=batch, applied=True).count()
    record(RegisterFileRecalled(batch_id=batch.pk), by=by)
    batch.recalled_by = by.person_id
    return _to_work(batch, "total", "recalled_by")


@transaction.atomic
def discard(batch_id: int, *, by: Actor) -> ImportBatch:
    """A file of which nothing came in is thrown away: its rows go as those of old files do.

    Raises NotFound, NotAllowed, WrongBatchState, FileTooOld.
    """
    batch = _held(batch_id, by)
    if ImportRow.objects.filter(batch=batch, applied=True).exists():
        raise WrongBatchState(state=batch.get_state_display())
    _become(batch, BatchState.DISCARDED)
    file, batch.file, batch.changed_at = batch.file, "", timezone.now()
    batch.save(update_fields=["state", "file", "changed_at"])
    record(RegisterFileDiscarded(batch_id=batch.pk), by=by)
    # Last: a crash leaves a file that is thrown away again, and never one that nobody knows of.
    storages["private"].delete(file)
    return batch


def _held(batch_id: int, by: Actor) -> ImportBatch:
    """Locked, for whoever may touch it: an agent of one region sees no file of others.

    Raises NotFound, NotAllowed, FileTooOld.
    """
    rules.insist_on_importing(by)
    batch = lock_or_not_found(ImportBatch, pk=batch_id)
    if not rules.may_touch_file(by, batch.person_id):
        raise NotFound
    if not batch.file:
        raise FileTooOld
    return batch


def _insist(batch: ImportBatch, state: BatchState) -> None:
    if batch.state != state:
        raise WrongBatchState(state=batch.get_state_display())


def _become(batch: ImportBatch, wanted: BatchState) -> None:
    if wanted not in NEXT_BATCH[BatchState(batch.state)]:
        raise WrongBatchState(state=batch.get_state_display())
    batch.state = wanted


def _touch(batch: ImportBatch) -> None:
    """Somebody works on it: its rows are kept for longer."""
    batch.changed_at = timezone.now()
    batch.save(update_fields=["changed_at"])


def _to_work(batch: ImportBatch, *changed: str) -> ImportBatch:
    """A worker finds it at its next look."""
    batch.done, batch.changed_at = 0, NEVER
    batch.save(update_fields=["state", "done", "changed_at", *changed])
    return batch
