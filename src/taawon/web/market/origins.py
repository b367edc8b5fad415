"""Where the values of an entry come from, and what they were: for its page, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst

from taawon.cooperatives import history
from taawon.cooperatives.history import FIELDS, PRIVATE, Said
from taawon.cooperatives.models import Revision
from taawon.cooperatives.states import Source
from taawon.core.languages import current
from taawon.web.register_words import label, value


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Who says the value of a field, as of which day."""

    field: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the history: who said what."""

    at: datetime
    source: str
    as_of: date
    changes: Sequence[Change]
    is_first: bool
    is_undo: bool


def source_name(source: str, title: str) -> str:
    """The title as its writers gave it, "French | Arabic" in the reader's script; else the kind."""
    if not title:
        return capfirst(str(dict(Source.choices)[source]))
    french, mark, arabic = title.partition(" | ")
    return arabic.strip() if mark and current() == "ar" else french.strip()


def line(field: str, said: Said) -> SourceLine:
    return SourceLine(label(field), source_name(said.source, said.title), said.as_of)


def sources(said: Mapping[str, Said]) -> list[SourceLine]:
    """A line for each field, as the register orders them."""
    return [line(field, said[field]) for field in _in_order(said)]


def steps(revisions: Sequence[Revision]) -> list[Step]:
    """The history, the newest first, without what no page shows."""
    told = (_step(one) for one in history.steps(revisions))
    return [step for step in told if step.changes]


def _step(one: history.Step) -> Step:
    return Step(
        at=one.at,
        source=source_name(one.revision.source, one.revision.title),
        as_of=one.revision.as_of,
        changes=[
            Change(label(field), *(value(field, kept) for kept in one.changes[field]))
            for field in _in_order(one.changes)
        ],
        is_first=one.is_first,
        is_undo=one.is_undo,
    )


def _in_order(fields: Mapping[str, Any]) -> Iterator[str]:
    """Public fields as the register orders them."""
    return (field for field in FIELDS if field in fields and field not in PRIVATE)
