"""Which cooperatives changed, for whoever keeps a copy of the register."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.cooperatives.documents import KIND
from taawon.observatory import cursors, register
from taawon.observatory.errors import CursorTooOld
from taawon.search import feed

PAGE = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A cooperative that changed; `row` is None where it left the register."""

    id: int
    row: register.Row | None


@dataclass(frozen=True, slots=True)
class Changes:
    """`cursor` is where to go on from; `more`: at once."""

    changes: list[Change]
    cursor: str
    more: bool


def since(word: str) -> Changes:
    """What changed behind a cursor, as it stands now; without one, where to begin from now on.

    Only what has settled is read: nothing that is still in flight is passed over. Raises Invalid,
    and CursorTooOld where changes may have been forgotten.
    """
    end = feed.last()
    if not word:
        return Changes([], cursors.of_line(end), more=False)
    start = cursors.line(word)
    if not feed.stands(start):
        raise CursorTooOld
    lines = feed.after(KIND, start, end, PAGE + 1)
    more = len(lines) > PAGE
    reached = lines[PAGE - 1] if more else max(start, end)
    ids = list(dict.fromkeys(line.document_id for line in lines[:PAGE]))
    rows = register.by_id(ids)
    return Changes([Change(pk, rows.get(pk)) for pk in ids], cursors.of_line(reached), more)
