"""Where the values of an entry come from, and what they were: for its page, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from taawon.cooperatives.history import FIELDS, PRIVATE, Said
from taawon.cooperatives.models import Revision
from taawon.cooperatives.states import Source
from taawon.web.register_words import label, value


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Who says the values of these fields."""

    fields: str
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


def source_name(source: str, title: str) -> str:
    return title or capfirst(str(dict(Source.choices)[source]))


def sources(said: Mapping[str, Said]) -> list[SourceLine]:
    """Fields that the same source says as of the same day stand on one line."""
    groups: dict[tuple[str, date], list[str]] = {}
    for field in (*_in_order(said),):
        one = said[field]
        groups.setdefault((source_name(one.source, one.title), one.as_of), []).append(field)
    return [
        SourceLine(_(", ").join(map(label, fields)), source, as_of)
        for (source, as_of), fields in groups.items()
    ]


def steps(revisions: Sequence[Revision]) -> list[Step]:
    """The history, the newest first, without what no page shows."""
    told = [
        Step(
            at=one.at,
            source=source_name(one.source, one.title),
            as_of=one.as_of,
            changes=[
                Change(
                    label(field),
                    value(field, one.changes[field][0]),
                    value(field, one.changes[field][1]),
                )
                for field in _in_order(one.changes)
            ],
            is_first=place == 0,
        )
        for place, one in enumerate(revisions)
    ]
    return [step for step in reversed(told) if step.changes]


def _in_order(fields: Mapping[str, Any]) -> Iterator[str]:
    """Public fields as the register orders them."""
    return (field for field in FIELDS if field in fields and field not in PRIVATE)
