"""What the register holds, in words: the name of each field, and its value for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from taawon.cooperatives.branches import sectors
from taawon.cooperatives.history import FIELDS, Changes
from taawon.cooperatives.problems import place
from taawon.cooperatives.states import CooperativeStatus, RegistrationKind
from taawon.core.languages import current
from taawon.core.phone import readable
from taawon.web import numbers

LABELS: Final[Mapping[str, str | Promise]] = {
    "name_fr": gettext_lazy("Name in French"),
    "name_ar": gettext_lazy("Name in Arabic"),
    "registration_kind": gettext_lazy("Kind of registration"),
    "registration_number": gettext_lazy("Registration number"),
    "court": gettext_lazy("Court"),
    "registered_on": gettext_lazy("Registered on"),
    "status": gettext_lazy("Status"),
    "sector_id": gettext_lazy("Sector"),
    "province_id": gettext_lazy("Province"),
    "commune_id": gettext_lazy("Commune"),
    "address": gettext_lazy("Address"),
    "purpose_fr": gettext_lazy("Purpose in French"),
    "purpose_ar": gettext_lazy("Purpose in Arabic"),
    "capital_centimes": gettext_lazy("Capital"),
    "women": gettext_lazy("Number of women"),
    "men": gettext_lazy("Number of men"),
    "is_womens": gettext_lazy("A women’s cooperative"),
    "is_youth": gettext_lazy("A youth cooperative"),
    "president": gettext_lazy("President"),
    "phone_on_record": gettext_lazy("Phone on record"),
    "phone": gettext_lazy("Public phone"),
}
REASONS: Final[Mapping[str, str | Promise]] = {
    "name": pgettext_lazy("what two entries share", "name"),
    "province": pgettext_lazy("what two entries share", "province"),
    "commune": pgettext_lazy("what two entries share", "commune"),
    "phone": pgettext_lazy("what two entries share", "phone"),
    "president": pgettext_lazy("what two entries share", "president"),
}


def label(field: str) -> str:
    return str(LABELS.get(field, field))


def value(field: str, kept: Any) -> str:
    """Of a value as a revision keeps it; a dash for none."""
    if kept is None or kept == "":
        return "—"
    return _SHOWN.get(field, str)(kept)


def changes(found: Changes) -> list[dict[str, str]]:
    """[{"label", "old", "new"}] of a difference, in the order of a sheet."""
    return [
        {"label": label(field), "old": value(field, old), "new": value(field, new)}
        for field, (old, new) in sorted(found.items(), key=lambda one: FIELDS.index(one[0]))
    ]


def _day(kept: str) -> str:
    return numbers.day(date.fromisoformat(kept), current())


def _yes(kept: bool) -> str:
    return _("yes") if kept else _("no")


def _sector(code: str) -> str:
    found = sectors().get(code)
    return found.name if found else code


_SHOWN: Final[dict[str, Callable[[Any], str]]] = {
    "registered_on": _day,
    "status": lambda code: str(CooperativeStatus(code).label),
    "registration_kind": lambda code: str(RegistrationKind(code).label),
    "sector_id": _sector,
    "province_id": place,
    "commune_id": place,
    "capital_centimes": lambda centimes: numbers.amount(centimes, current()),
    "is_womens": _yes,
    "is_youth": _yes,
    "phone_on_record": readable,
    "phone": readable,
}
