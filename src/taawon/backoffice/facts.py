"""What the facts of an event are called, and their values in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from taawon.accounts.models import StaffRole
from taawon.backoffice.desk import place
from taawon.backoffice.keys import SCOPES
from taawon.catalogue import shelves
from taawon.cooperatives.states import Role
from taawon.core.languages import LANGUAGES, current
from taawon.orders.states import State
from taawon.web import numbers, register_words

# The facts that are told; the others are ids, for which the links stand, and figures for machines.
FACTS: Final[Mapping[str, str | Promise]] = {
    "was": pgettext_lazy("a fact", "before"),
    "now": pgettext_lazy("a fact", "after"),
    "state": pgettext_lazy("a fact", "after"),
    "role": pgettext_lazy("a fact", "role"),
    "region": pgettext_lazy("a fact", "region"),
    "fields": pgettext_lazy("a fact", "changed"),
    "field": pgettext_lazy("a fact", "about"),
    "label": pgettext_lazy("a fact", "label"),
    "scopes": pgettext_lazy("a fact", "allows"),
    "stars": pgettext_lazy("a fact", "stars"),
    "until": pgettext_lazy("a fact", "until"),
    "by_buyer": pgettext_lazy("a fact", "by the customer"),
    "month": pgettext_lazy("a fact", "month"),
    "papers": pgettext_lazy("a fact", "papers"),
    "rows": pgettext_lazy("a fact", "rows"),
    "kept": pgettext_lazy("a fact", "values that were kept"),
    "people": pgettext_lazy("a fact", "people"),
}
UNTOLD: Final = frozenset(
    {
        "category",
        "cooperatives",
        "count",
        "day",
        "earlier",
        "form",
        "products",
        "seed",
        "sha256",
        "times",
        "total_centimes",
        "zone_code",
    }
)
# What a profile and a product hold; names and descriptions come with a language.
FIELDS: Final[Mapping[str, str | Promise]] = {
    "language": _("Language"),
    "email": _("E-mail"),
    "town": _("Town"),
    "region_id": _("Region"),
    "reach": _("Way of being told"),
    "description": _("Description"),
    "content": _("Content of a pack"),
    "unit": _("Unit"),
    "weight_grams": _("Weight with packaging"),
    "low_stock": _("Warning of a low stock"),
    "category_id": _("Category"),
}


def told(name: str, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """[(what it is called, its value)] of an event's facts, in the order in which they are told."""
    return [(str(FACTS[one]), _said(name, one, facts[one])) for one in FACTS if one in facts]


def field(name: str) -> str:
    """A field of a profile or a product: "Description (in Arabic)"."""
    if name in FIELDS:
        return str(FIELDS[name])
    plain, _mark, language = name.rpartition("_")
    if plain in FIELDS and language in LANGUAGES:
        return register_words.in_language(FIELDS[plain], language)
    return register_words.label(name)


def _said(event: str, fact: str, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    say = _OF_EVENTS.get((event, fact)) or _SAY.get(fact, str)
    return say(value)


def _list(values: Any, say: Callable[[str], Any]) -> str:
    return gettext(", ").join(str(say(value)) for value in values)


def _figure(value: int) -> str:
    return numbers.grouped(value, current())


def _label(code: str) -> str:
    found = shelves.labels().get(code)
    return found.name if found else code


def _of(choices: Mapping[str, str | Promise]) -> Callable[[str], str]:
    return lambda value: str(choices.get(value, value))


def _money(centimes: int) -> str:
    return numbers.amount(centimes, current())


_STATES: Final = dict(State.choices)
_STAFF: Final = dict(StaffRole.choices)
_SAY: Final[Mapping[str, Callable[[Any], str]]] = {
    "was": _figure,
    "now": _figure,
    "state": _of(_STATES),
    "role": _of(dict(Role.choices)),
    "region": place,
    "fields": lambda names: _list(names, field),
    "field": register_words.label,
    "label": _label,
    "scopes": lambda codes: _list(codes, lambda code: SCOPES.get(code, code)),
    "stars": _figure,
    "until": lambda day: numbers.day(date.fromisoformat(day), current()),
    "by_buyer": lambda value: gettext("yes") if value else gettext("no"),
    "month": lambda text: numbers.month(text, current()),
    "papers": _figure,
    "rows": _figure,
    "kept": _figure,
    "people": _figure,
}
_OF_EVENTS: Final[Mapping[tuple[str, str], Callable[[Any], str]]] = {
    ("price-changed", "was"): _money,
    ("price-changed", "now"): _money,
    ("order-taken-back", "was"): _of(_STATES),
    ("staff-role-changed", "was"): _of(_STAFF),
    ("staff-role-changed", "role"): _of(_STAFF),
}
