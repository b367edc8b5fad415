"""What the register holds, in words: the names of its fields, and their values for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taawon.cooperatives import branches
from taawon.cooperatives.history import PRIVATE, Said
from taawon.cooperatives.models import Revision
from taawon.cooperatives.states import CooperativeStatus, RegistrationKind, Source
from taawon.core.languages import LANGUAGES, current
from taawon.places.queries import communes, provinces
from taawon.web import numbers

FIELDS: dict[str, Any] = {
    "name": gettext_lazy("Name"),
    "registration_kind": gettext_lazy("Kind of registration"),
    "registration_number": gettext_lazy("Registration number"),
    "court": gettext_lazy("Court"),
    "registered_on": gettext_lazy("Registered"),
    "status": gettext_lazy("Status"),
    "sector_id": gettext_lazy("Field of activity"),
    "province_id": gettext_lazy("Province"),
    "commune_id": gettext_lazy("Commune"),
    "address": gettext_lazy("Address"),
    "purpose": gettext_lazy("Purpose"),
    "capital_centimes": gettext_lazy("Capital"),
    "women": gettext_lazy("Women members"),
    "men": gettext_lazy("Men members"),
    "is_womens": gettext_lazy("Women’s cooperative"),
    "is_youth": gettext_lazy("Youth cooperative"),
    "phone": gettext_lazy("Phone"),
    "about": gettext_lazy("Presentation"),
}
_IN_LANGUAGE = {
    "fr": gettext_lazy("in French"),
    "ar": gettext_lazy("in Arabic"),
    "zgh": gettext_lazy("in Tamazight"),
    "en": gettext_lazy("in English"),
}
LONGEST = 120


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


def field_name(field: str) -> str:
    """The name of a field of the register: "Name (in Arabic)"."""
    plain, _mark, language = field.rpartition("_")
    if language in LANGUAGES and plain in FIELDS:
        words = {"field": FIELDS[plain], "language": _IN_LANGUAGE[language]}
        return _("%(field)s (%(language)s)") % words
    return str(FIELDS.get(field, field))


def value(field: str, held: Any) -> Any:
    """A value as `Revision.changes` keeps it, for people: escaped, "–" for nothing."""
    if held is None or held == "":
        return "–"
    say = _SAY.get(field)
    return say(held) if say else format_html('<span dir="auto">{}</span>', _short(str(held)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _isolated(held: Any) -> str:
    return format_html("<bdi>{}</bdi>", held)


def _figures(held: int) -> str:
    return _isolated(numbers.grouped(held, current()))


def _yes_or_no(held: Any) -> str:
    return _("yes") if held else _("no")


_SAY: dict[str, Callable[[Any], Any]] = {
    "registration_kind": lambda held: dict(RegistrationKind.choices).get(held, held),
    "registration_number": _isolated,
    "registered_on": lambda held: numbers.day(date.fromisoformat(held), current()),
    "status": lambda held: dict(CooperativeStatus.choices).get(held, held),
    "sector_id": lambda held: branches.sectors().get(held, held),
    "province_id": lambda held: provinces().get(held, held),
    "commune_id": lambda held: communes().get(held, held),
    "capital_centimes": lambda held: _isolated(numbers.amount(held, current())),
    "women": _figures,
    "men": _figures,
    "is_womens": _yes_or_no,
    "is_youth": _yes_or_no,
    "phone": _isolated,
}


def source_name(source: str, title: str) -> str:
    return title or capfirst(str(dict(Source.choices)[source]))


def sources(said: Mapping[str, Said]) -> list[SourceLine]:
    """Fields that the same source says as of the same day stand on one line."""
    groups: dict[tuple[str, date], list[str]] = {}
    for field in (*_in_order(said),):
        one = said[field]
        groups.setdefault((source_name(one.source, one.title), one.as_of), []).append(field)
    return [
        SourceLine(_(", ").join(map(field_name, fields)), source, as_of)
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
                    field_name(field),
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
    """Public fields as the register orders them; one of no name here is not public."""
    for known in FIELDS:
        for field in (known, *(f"{known}_{language}" for language in LANGUAGES)):
            if field in fields and field not in PRIVATE:
                yield field
