"""A file is taken back: what it changed becomes what it was, as far as it is still the file's.

The file's own revisions say so, and the source of each value is again what it was. What somebody
changed since is left alone, and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from taawon.cooperatives import history, shown
from taawon.cooperatives.models import (
    Cooperative,
    ImportBatch,
    ImportRow,
    Pair,
    Proposal,
    Revision,
)
from taawon.cooperatives.register_events import RegisterFileReverted
from taawon.cooperatives.services.applying import SHOWN_EVERYWHERE, Changed
from taawon.cooperatives.services.checking import CHUNK, Elsewhere
from taawon.cooperatives.states import (
    BatchState,
    CooperativeStatus,
    PairState,
    ProposalState,
    Source,
)
from taawon.core.actor import Actor
from taawon.core.locks import lock, lock_all
from taawon.journal.record import record


@transaction.atomic
def step(batch_id: int, *, by: Actor) -> int:
    """The next rows, from the last one up; how many they were, 0 at the end. Raises Elsewhere."""
    batch = lock(ImportBatch, pk=batch_id)
    if batch.state != BatchState.REVERTING:
        raise Elsewhere
    rows = list(ImportRow.objects.filter(batch=batch, applied=True).order_by("-number")[:CHUNK])
    batch.changed_at = timezone.now()
    if rows:
        ids = {row.cooperative_id for row in rows if row.cooperative_id}
        for name, n in _take_back(batch, ids, by).items():
            batch.counts[name] = batch.counts.get(name, 0) + n
        ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(applied=False)
        batch.done += len(rows)
    else:
        batch.state = BatchState.REVERTED
        kept = batch.counts.get("kept", 0)
        record(RegisterFileReverted(batch_id=batch.pk, kept=kept), by=by)
    batch.save(update_fields=["state", "done", "counts", "changed_at"])
    return len(rows)


def _take_back(batch: ImportBatch, ids: Collection[int], by: Actor) -> dict[str, int]:
    try:
        with transaction.atomic():
            return _Chunk(batch, by).take_back(ids)
    except IntegrityError:
        # A number that is somebody else's by now cannot be given back: the others can.
        counts: dict[str, int] = {}
        for pk in sorted(ids):
            for name, n in _take_back_one(batch, pk, by).items():
                counts[name] = counts.get(name, 0) + n
        return counts


def _take_back_one(batch: ImportBatch, pk: int, by: Actor) -> dict[str, int]:
    try:
        with transaction.atomic():
            return _Chunk(batch, by).take_back([pk])
    except IntegrityError:
        revisions = Revision.objects.filter(batch_id=batch.pk, cooperative_id=pk)
        return {"kept": sum(len(revision.changes) for revision in revisions)}


@dataclass
class _Chunk:
    """Some entries that a file made or changed: `counts` are values (restored, kept) and entries
    (removed, inactive)."""

    batch: ImportBatch
    by: Actor
    changed: Changed = field(default_factory=Changed)
    everywhere: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("restored", "kept", "removed", "inactive"), 0)
    )

    def take_back(self, ids: Collection[int]) -> dict[str, int]:
        entries = lock_all(Cooperative, ids)
        revisions = list(
            Revision.objects.filter(batch_id=self.batch.pk, cooperative_id__in=ids).order_by("-pk")
        )
        newer = _written_since(revisions, self.batch.pk)
        made = {one.cooperative_id for one in revisions if _is_first(one)}
        self._let_go(ids)
        self._remove(made - newer.keys() - _hanging(made), entries)
        self._put_aside([entries[pk] for pk in made & entries.keys()])
        for revision in revisions:
            if revision.cooperative_id not in made:
                self._restore(revision, entries[revision.cooperative_id], newer)
        self.changed.save()
        shown.many_changed(list(ids), self.everywhere)
        return self.counts

    def _let_go(self, ids: Collection[int]) -> None:
        Proposal.objects.filter(
            batch=self.batch, cooperative_id__in=ids, state=ProposalState.WAITING
        ).update(state=ProposalState.WITHDRAWN, settled_at=timezone.now())

    def _remove(self, pks: set[int], entries: dict[Any, Cooperative]) -> None:
        """New ones that nothing hangs on."""
        Cooperative.objects.filter(pk__in=pks).delete()
        for pk in pks:
            entries.pop(pk, None)
        self.counts["removed"] += len(pks)

    def _put_aside(self, entries: Iterable[Cooperative]) -> None:
        """New ones that have become somebody's: inactive, and said so."""
        for entry in entries:
            self.counts["inactive"] += 1
            if entry.status != CooperativeStatus.ACTIVE:
                continue
            old = {"status": entry.status}
            self.changed.put(entry, {"status": CooperativeStatus.INACTIVE})
            history.note(entry.pk, old, {"status": entry.status}, source=Source.TEAM, by=self.by)
            self.everywhere.add(entry.pk)

    def _restore(self, revision: Revision, entry: Cooperative, newer: dict[int, set[str]]) -> None:
        now = history.values(entry)
        later = newer.get(entry.pk, set())
        mine = {
            name: old
            for name, (old, new) in revision.changes.items()
            if name not in later and now[name] == new
        }
        self.changed.put(entry, mine)
        if mine.keys() & SHOWN_EVERYWHERE:
            self.everywhere.add(entry.pk)
        self.counts["restored"] += len(mine)
        self.counts["kept"] += len(revision.changes) - len(mine)
        if mine:
            history.undo(revision, mine, by=self.by)


def _is_first(revision: Revision) -> bool:
    return bool(revision.changes.get("registration_number", [""])[0] is None)


def _written_since(revisions: Collection[Revision], batch_id: int) -> dict[int, set[str]]:
    """{entry: fields that somebody wrote after this file}; one query."""
    if not revisions:
        return {}
    first = {one.cooperative_id: one.pk for one in revisions}  # the newest come first
    others = Revision.objects.filter(cooperative_id__in=first, pk__gt=min(first.values()))
    found: dict[int, set[str]] = {}
    for one in others.exclude(batch_id=batch_id):
        if one.changes and one.pk > first[one.cooperative_id]:
            found.setdefault(one.cooperative_id, set()).update(one.changes)
    return found


def _hanging(pks: set[int]) -> set[int]:
    """Those that any other row points to, in whatever room; one query a relation."""
    found: set[int] = set()
    for relation in Cooperative._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not pks - found:
            continue
        model, name = relation.related_model, relation.field.attname  # type: ignore[union-attr]  # a relation to us
        if model in (Revision, Proposal):
            continue
        rows = model._base_manager.filter(**{f"{name}__in": pks - found})  # type: ignore[union-attr]  # a model
        if model is Pair:
            # A likeness that nobody has looked at goes with its entry.
            rows = rows.exclude(state=PairState.LIKELY)
        found |= set(rows.values_list(name, flat=True))
    return found
