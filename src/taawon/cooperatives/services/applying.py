"""A checked file comes into the register, chunk by chunk; each entry is whole at any moment.

A killed run goes on where it stopped: a chunk commits together with the marks of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from taawon.cooperatives import history, identity, rules, shown
from taawon.cooperatives.candidates import SAME_AS_ROW
from taawon.cooperatives.models import Cooperative, ImportBatch, ImportRow, Proposal, Revision
from taawon.cooperatives.register_events import RegisterFileApplied
from taawon.cooperatives.services.checking import CHUNK, Elsewhere, answered, difference
from taawon.cooperatives.states import BatchState, ProposalState, RowOutcome, Source
from taawon.core.actor import Actor
from taawon.core.batches import write_each
from taawon.core.languages import columns
from taawon.core.locks import lock, lock_all
from taawon.core.text import slug
from taawon.journal.record import record
from taawon.places.resolve import resolver

NEW: Final = "new"
_COLUMNS: Final = {field.attname: field for field in Cooperative._meta.concrete_fields}
# What shows on everything of a cooperative, and not only on its own page.
SHOWN_EVERYWHERE: Final = frozenset((*columns("name"), "status", "province_id", "commune_id"))


def waiting(batch_id: int) -> QuerySet[ImportRow]:
    """Rows that are to come in and have not yet; doubtful ones once somebody has decided, unless
    they are the cooperative of another row."""
    stays_out = Q(decision="") | Q(decision__startswith=SAME_AS_ROW)
    comes = Q(outcome__in=(RowOutcome.NEW, RowOutcome.CHANGED)) | (
        Q(outcome=RowOutcome.DOUBTFUL) & ~stays_out
    )
    return ImportRow.objects.filter(comes, batch_id=batch_id, applied=False)


@transaction.atomic
def step(batch_id: int, *, by: Actor) -> int:
    """The next rows; how many they were, 0 at the end. Raises Elsewhere."""
    batch = lock(ImportBatch, pk=batch_id)
    if batch.state != BatchState.APPLYING:
        raise Elsewhere
    rows = list(waiting(batch_id).order_by("number")[:CHUNK])
    batch.changed_at = timezone.now()
    if rows:
        _bring_in(batch, rows, by)
        batch.done += len(rows)
    else:
        batch.state = BatchState.APPLIED
        record(RegisterFileApplied(batch_id=batch.pk, rows=batch.done), by=by)
    batch.save(update_fields=["state", "done", "counts", "changed_at"])
    return len(rows)


def _bring_in(batch: ImportBatch, rows: Sequence[ImportRow], by: Actor) -> None:
    counts = dict(batch.counts)
    try:
        with transaction.atomic():
            _Chunk(batch, by).write(rows)
    except IntegrityError:
        batch.counts = counts
        # Somebody added one of them a moment ago: one by one, and that one is refused.
        for row in rows:
            _bring_in_one(batch, row, by)


def _bring_in_one(batch: ImportBatch, row: ImportRow, by: Actor) -> None:
    fresh, counts = ImportRow.objects.get(pk=row.pk), dict(batch.counts)
    try:
        with transaction.atomic():
            _Chunk(batch, by).write([fresh])
    except IntegrityError:
        batch.counts = counts
        fresh.refresh_from_db()
        _refuse(batch, fresh, "already-registered")
        fresh.save(update_fields=["outcome", "problems", "applied"])


def _refuse(batch: ImportBatch, row: ImportRow, code: str) -> None:
    """What cannot come in any more is counted among the refused, with its reason."""
    counts = dict(batch.counts)
    counts[row.outcome] = counts.get(row.outcome, 1) - 1
    counts[RowOutcome.REFUSED] = counts.get(RowOutcome.REFUSED, 0) + 1
    batch.counts = counts
    row.outcome = RowOutcome.REFUSED
    row.problems = [{"field": "registration_number", "column": "", "code": code, "value": ""}]


@dataclass
class _Chunk:
    """Some rows of a file on their way into the register: about ten queries in all."""

    batch: ImportBatch
    by: Actor
    revisions: list[Revision] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    changed: Changed = field(default_factory=lambda: Changed())
    everywhere: set[int] = field(default_factory=set)

    def write(self, rows: Sequence[ImportRow]) -> None:
        self._region = rules.importing_region(self.batch.person_id)
        known = identity.known(row.values for row in rows)
        ids = {row.pk: _target(row, known) for row in rows}
        targets = [pk for pk in ids.values() if pk]
        entries = lock_all(Cooperative, targets)
        self._owned = history.owned(targets)
        self._asked = answered(targets)
        made: list[tuple[ImportRow, Cooperative]] = []
        for row in rows:
            pk = ids[row.pk]
            entry = entries.get(pk)
            if pk is not None and (entry is None or entry.merged_into_id is not None):
                # The register has moved on since the file was checked.
                _refuse(self.batch, row, "gone")
            elif not self._is_here(row, entry):
                _refuse(self.batch, row, "other-region")
            elif entry is None:
                made.append((row, self._new(row)))
            else:
                self._change(row, entry)
        self._save(rows, made)

    def _is_here(self, row: ImportRow, entry: Cooperative | None) -> bool:
        province = row.values.get("province_id")
        regions = [resolver().region_of(province)] if province else []
        regions += [entry.region_id] if entry else []
        return self._region is None or all(region == self._region for region in regions)

    def _new(self, row: ImportRow) -> Cooperative:
        values = row.values
        names = (values.get(f"name_{code}") or "" for code in ("fr", "en", "ar", "zgh"))
        return Cooperative(
            **values,
            slug=slug(*names),
            region_id=resolver().region_of(values["province_id"]),
        )

    def _change(self, row: ImportRow, entry: Cooperative) -> None:
        row.cooperative_id = entry.pk
        row.difference = difference(history.values(entry), row.values)
        mine = self._owned.get(entry.pk, set())
        changes = {name: pair for name, pair in row.difference.items() if name not in mine}
        self.proposals += [
            Proposal(cooperative=entry, batch=self.batch, field=name, value=pair[1])
            for name, pair in row.difference.items()
            if name in mine and (entry.pk, name, pair[1]) not in self._asked
        ]
        if changes:
            self.changed.put(entry, {name: new for name, (_old, new) in changes.items()})
            self._say(entry.pk, changes)

    def _say(self, pk: int, changes: history.Changes) -> None:
        if SHOWN_EVERYWHERE & changes.keys():
            self.everywhere.add(pk)
        self.revisions.append(
            Revision(
                cooperative_id=pk,
                source=Source.IMPORT,
                title=self.batch.source,
                as_of=self.batch.as_of,
                person_id=self.by.person_id,
                batch_id=self.batch.pk,
                changes=changes,
            )
        )

    def _save(
        self, rows: Sequence[ImportRow], made: Sequence[tuple[ImportRow, Cooperative]]
    ) -> None:
        Cooperative.objects.bulk_create([entry for _row, entry in made])
        for row, entry in made:
            row.cooperative_id = entry.pk
            self._say(entry.pk, {name: [None, value] for name, value in row.values.items()})
        self.changed.save()
        Revision.objects.bulk_create(self.revisions)
        # A newer word of the register takes the place of one that still waits.
        for proposal in self.proposals:
            Proposal.objects.filter(
                cooperative_id=proposal.cooperative_id,
                field=proposal.field,
                state=ProposalState.WAITING,
            ).update(state=ProposalState.WITHDRAWN, settled_at=timezone.now())
        Proposal.objects.bulk_create(self.proposals)
        refused = [row for row in rows if row.outcome == RowOutcome.REFUSED]
        ImportRow.objects.bulk_update(refused, ["outcome", "problems"])
        came = {row.pk: row.cooperative_id for row in rows if row.outcome != RowOutcome.REFUSED}
        write_each(ImportRow, "cooperative_id", came)
        ImportRow.objects.filter(pk__in=came).update(applied=True)
        ids = [entry.pk for _row, entry in made]
        shown.many_changed([*ids, *self.changed.entries], self.everywhere)


def _target(row: ImportRow, known: identity.Known) -> int | None:
    """The entry that the row is; None makes a new one."""
    if row.cooperative_id:
        return row.cooperative_id
    if row.decision not in ("", NEW):
        return int(row.decision)
    # One that was added since the file was checked is no new one.
    found = [entry for entry in known.find(row.values) if entry["merged_into_id"] is None]
    return found[0]["pk"] if found else None


class Changed:
    """Entries with some columns of each, to be written at once."""

    def __init__(self) -> None:
        self.entries: dict[int, Cooperative] = {}
        self._columns: dict[str, dict[int, Any]] = {}

    def put(self, entry: Cooperative, values: Mapping[str, Any]) -> None:
        """What JSON keeps of each value; the region follows the province."""
        told = dict(values)
        if "province_id" in told:
            told["region_id"] = resolver().region_of(told["province_id"])
        for name, value in told.items():
            column = _COLUMNS[name]
            kept = "" if value is None and not column.null else column.to_python(value)
            setattr(entry, name, kept)
            self._columns.setdefault(name, {})[entry.pk] = kept
        if told:
            self.entries[entry.pk] = entry

    def save(self) -> None:
        """One statement a column."""
        for name, values in self._columns.items():
            write_each(Cooperative, name, values)
        Cooperative.objects.filter(pk__in=self.entries).update(changed_at=timezone.now())
