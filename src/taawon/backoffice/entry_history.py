"""What an entry of the register held, step by step: who wrote what, and by which file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from taawon.backoffice import told
from taawon.backoffice.desk import Desk
from taawon.cooperatives import filed, history
from taawon.cooperatives.models import Cooperative, ImportBatch
from taawon.web import register_words as words
from taawon.web.market.origins import source_name

MOST = 50


@dataclass(frozen=True, slots=True)
class Step:
    """`who` is "" where nobody's name is on record; `file` is one that the agent may open."""

    at: datetime
    who: str
    source: str
    as_of: date
    changes: list[dict[str, str]]
    is_first: bool
    is_undo: bool
    file: ImportBatch | None
    # The correction that this step may be answered with.
    may_be_taken_back: int | None


def steps(desk: Desk, coop: Cooperative) -> list[Step]:
    """The newest first; a query for the steps, one for names, and those for files."""
    found = history.steps(history.revisions(coop.pk))[:MOST]
    people = {person for one in found if (person := _person(one))}
    names = told.names_of(desk, people)
    ids = {one.revision.batch_id for one in found if one.revision.batch_id}
    files = filed.within_reach(ids, by=desk.actor)
    merged = coop.merged_into_id is not None
    return [_step(one, names, files, merged=merged) for one in found]


def _person(one: history.Step) -> int | None:
    return one.revision.undone_by if one.is_undo else one.revision.person_id


def _step(
    one: history.Step, names: Mapping[int, str], files: Mapping[int, ImportBatch], *, merged: bool
) -> Step:
    revision = one.revision
    offered = history.is_correction(revision) and bool(revision.changes)
    return Step(
        at=one.at,
        who=names.get(_person(one) or 0, ""),
        source=source_name(revision.source, revision.title),
        as_of=revision.as_of,
        changes=words.changes(one.changes),
        is_first=one.is_first,
        is_undo=one.is_undo,
        file=files.get(revision.batch_id or 0),
        may_be_taken_back=revision.pk if offered and not (one.is_undo or merged) else None,
    )
