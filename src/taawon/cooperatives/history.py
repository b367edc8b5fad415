"""What an entry held, holds and who says so: every change of the register leaves a revision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from taawon.cooperatives.models import Cooperative, Revision
from taawon.cooperatives.states import Source
from taawon.core.actor import Actor
from taawon.core.languages import columns

# What an entry of the register holds, in the order of a sheet: the fields of the model.
FIELDS = (
    *columns("name"),
    "registration_kind",
    "registration_number",
    "court",
    "registered_on",
    "status",
    "sector_id",
    "province_id",
    "commune_id",
    "address",
    *columns("purpose"),
    "capital_centimes",
    "women",
    "men",
    "is_womens",
    "is_youth",
    "president",
    "phone_on_record",
    "phone",
    *columns("about"),
)
# What no page shows: a person's name and number.
PRIVATE = frozenset({"president", "phone_on_record"})

Changes = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """Where a value comes from: who says so, as of which day, written when."""

    source: Source
    title: str
    as_of: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of an entry: what a revision wrote, or what was taken back of it."""

    revision: Revision
    at: datetime
    changes: Changes
    is_first: bool
    is_undo: bool


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days in ISO, nothing for no text."""
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def values(entry: Cooperative) -> dict[str, Any]:
    """{field: value} of everything that the register holds of an entry."""
    return {field: plain(getattr(entry, field)) for field in FIELDS}


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """{field: [old, new]} of the fields of `new` that are not what they were."""
    pairs = {field: [plain(old.get(field)), plain(value)] for field, value in new.items()}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def begin(entry: Cooperative, *, source: Source, by: Actor, title: str = "") -> Revision:
    """The first revision of a new entry: what it holds that is not empty."""
    first: Changes = {
        field: [None, value] for field, value in values(entry).items() if value not in (None, "")
    }
    return _write(entry.pk, first, source, title, timezone.localdate(), by)


def note(
    cooperative_id: int,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    source: Source,
    by: Actor,
    title: str = "",
    as_of: date | None = None,
) -> Revision | None:
    """These fields were that and are this; None, and nothing written, where none changed."""
    changes = difference(old, {field: new[field] for field in new if field in FIELDS})
    if not changes:
        return None
    return _write(cooperative_id, changes, source, title, as_of or timezone.localdate(), by)


def undo(revision: Revision, fields: Collection[str], *, by: Actor) -> None:
    """These fields are what they were before: the revision says so, and is their source no more."""
    pairs = revision.changes
    revision.undone |= {field: pair for field, pair in pairs.items() if field in fields}
    revision.changes = {field: pair for field, pair in pairs.items() if field not in fields}
    revision.undone_at, revision.undone_by = timezone.now(), by.person_id
    revision.save(update_fields=["changes", "undone", "undone_at", "undone_by"])


def is_correction(revision: Revision) -> bool:
    """Whether somebody of the team corrected it: a new entry has no source beside the team."""
    return revision.source == Source.TEAM and bool(revision.title)


def last_changes(cooperative_ids: Iterable[int]) -> dict[int, datetime]:
    """{id: when a value of the entry changed last, and is not taken back}; one query."""
    found = Revision.objects.filter(cooperative_id__in=list(cooperative_ids)).exclude(changes={})
    told = found.values("cooperative_id").annotate(last=Max("at"))
    return dict(told.values_list("cooperative_id", "last"))


def written_after(revision: Revision) -> set[str]:
    """Fields that somebody wrote later than this revision; one query."""
    later = Revision.objects.filter(cooperative_id=revision.cooperative_id, pk__gt=revision.pk)
    return {field for changes in later.values_list("changes", flat=True) for field in changes}


def revisions(cooperative_id: int) -> list[Revision]:
    """All of an entry, the oldest first; one query."""
    return list(Revision.objects.filter(cooperative_id=cooperative_id).order_by("pk"))


def steps(revisions: Sequence[Revision]) -> list[Step]:
    """All that happened, the newest first, of revisions that were read the oldest first."""
    found = [
        Step(one, one.at, one.undone | one.changes, place == 0, is_undo=False)
        for place, one in enumerate(revisions)
    ]
    found += [
        Step(one, one.undone_at, _turned(one.undone), is_first=False, is_undo=True)
        for one in revisions
        if one.undone_at
    ]
    return sorted(found, key=lambda one: (one.at, one.is_undo, one.revision.pk), reverse=True)


def _turned(changes: Changes) -> Changes:
    return {field: [new, old] for field, (old, new) in changes.items()}


def said(cooperative_id: int) -> dict[str, Said]:
    """{field: where its value comes from}; one query."""
    return said_in(revisions(cooperative_id))


def said_in(revisions: Iterable[Revision]) -> dict[str, Said]:
    """The same of revisions that were read already, the oldest first."""
    found: dict[str, Said] = {}
    for revision in revisions:
        for field in revision.changes:
            found[field] = Said(
                Source(revision.source), revision.title, revision.as_of, revision.at
            )
    return found


def origins(cooperative_ids: Iterable[int]) -> dict[int, Said]:
    """{id: who says that the entry is there}: whoever wrote its number last; one query."""
    rows = (
        Revision.objects.filter(
            cooperative_id__in=list(cooperative_ids), changes__has_key="registration_number"
        )
        .order_by("pk")
        .values_list("cooperative_id", "source", "title", "as_of", "at")
    )
    return {pk: Said(Source(source), title, as_of, at) for pk, source, title, as_of, at in rows}


def owned(cooperative_ids: Iterable[int]) -> dict[int, set[str]]:
    """{id: fields whose value the cooperative itself wrote last}; one query."""
    rows = (
        Revision.objects.filter(cooperative_id__in=list(cooperative_ids))
        .order_by("pk")
        .values_list("cooperative_id", "source", "changes")
    )
    found: dict[int, set[str]] = {}
    for pk, source, changes in rows:
        mine = found.setdefault(pk, set())
        if source == Source.OWNER:
            mine.update(changes)
        else:
            mine.difference_update(changes)
    return {pk: fields for pk, fields in found.items() if fields}


def _write(
    cooperative_id: int, changes: Changes, source: Source, title: str, as_of: date, by: Actor
) -> Revision:
    now = timezone.now()
    Cooperative.objects.filter(pk=cooperative_id).update(changed_at=now)
    return Revision.objects.create(
        cooperative_id=cooperative_id,
        source=source,
        title=title,
        as_of=as_of,
        at=now,
        person_id=by.person_id,
        changes=changes,
    )
