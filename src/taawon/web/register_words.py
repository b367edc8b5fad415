"""What the register holds, in words: the name of each field, and its value for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from taawon.cooperatives import branches
from taawon.cooperatives.history import FIELDS, Changes
from taawon.cooperatives.problems import place
from taawon.cooperatives.states import CooperativeStatus, RegistrationKind
from taawon.core.languages import LANGUAGES, current
from taawon.core.phone import readable
from taawon.web import numbers

LABELS: Final[Mapping[str, str | Promise]] = {
    "name": gettext_lazy("Name"),
    "registration_kind": gettext_lazy("Kind of registration"),
    "registration_number": gettext_lazy("Registration number"),
    "court": gettext_lazy("Court"),
    "registered_on": gettext_lazy("Registered on"),
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
    "president": gettext_lazy("President"),
    "phone_on_record": gettext_lazy("Phone on record"),
    "phone": gettext_lazy("Public phone"),
    "about": gettext_lazy("Presentation"),
}
_IN_LANGUAGE: Final[Mapping[str, str | Promise]] = {
    "fr": gettext_lazy("in French"),
    "ar": gettext_lazy("in Arabic"),
    "zgh": gettext_lazy("in Tamazight"),
    "en": gettext_lazy("in English"),
}
LONGEST = 120
_REASONS: Final[Mapping[str, str | Promise]] = {
    "name": pgettext_lazy("what two entries share", "name"),
    "province": pgettext_lazy("what two entries share", "province"),
    "commune": pgettext_lazy("what two entries share", "commune"),
    "phone": pgettext_lazy("what two entries share", "phone"),
    "president": pgettext_lazy("what two entries share", "president"),
}


def label(field: str) -> str:
    """The name of a field of the register: "Name (in Arabic)"."""
    plain, _mark, language = field.rpartition("_")
    if language in LANGUAGES and plain in LABELS:
        return in_language(LABELS[plain], language)
    return str(LABELS.get(field, field))


def in_language(name: str | Promise, language: str) -> str:
    """The name of a field that is written in several languages, with one of them."""
    return _("%(field)s (%(language)s)") % {"field": name, "language": _IN_LANGUAGE[language]}


def value(field: str, kept: Any, *, most: int | None = LONGEST) -> str:
    """A value as a revision keeps it, for a page: escaped, "–" for nothing. Of a text at most so
    many letters are shown."""
    if kept is None or kept == "":
        return "–"
    say = _SAY.get(field)
    return say(kept) if say else format_html('<span dir="auto">{}</span>', _short(str(kept), most))


def alike(codes: Iterable[str]) -> list[str]:
    """What two entries share, by the codes of `likeness`."""
    return [str(_REASONS.get(code, code)) for code in codes]


def changes(found: Changes) -> list[dict[str, str]]:
    """[{"label", "old", "new"}] of a difference, in the order of a sheet."""
    return [
        {"label": label(field), "old": value(field, old), "new": value(field, new)}
        for field, (old, new) in sorted(found.items(), key=lambda one: FIELDS.index(one[0]))
    ]


def _short(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[:most].rstrip()}…"


def _isolated(kept: Any) -> str:
    return format_html("<bdi>{}</bdi>", kept)


def _figures(kept: int) -> str:
    return _isolated(numbers.grouped(kept, current()))


def _yes_or_no(kept: bool) -> str:
    return _("yes") if kept else _("no")


def _sector(code: str) -> str:
    found = branches.sectors().get(code)
    return found.name if found else code


def _phone(kept: str) -> str:
    return format_html('<bdi dir="ltr">{}</bdi>', readable(kept))


_SAY: Final[dict[str, Callable[[Any], str]]] = {
    "registration_kind": lambda code: str(RegistrationKind(code).label),
    "registration_number": _isolated,
    "registered_on": lambda kept: numbers.day(date.fromisoformat(kept), current()),
    "status": lambda code: str(CooperativeStatus(code).label),
    "sector_id": _sector,
    "province_id": place,
    "commune_id": place,
    "capital_centimes": lambda kept: _isolated(numbers.amount(kept, current())),
    "women": _figures,
    "men": _figures,
    "is_womens": _yes_or_no,
    "is_youth": _yes_or_no,
    "phone_on_record": _phone,
    "phone": _phone,
}
