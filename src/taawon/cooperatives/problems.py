"""What is wrong with a row of a file, in words that somebody can act on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taawon.cooperatives import branches
from taawon.cooperatives.matching import FIELDS
from taawon.cooperatives.states import CooperativeStatus, RegistrationKind
from taawon.places import queries as places
from taawon.places.resolve import resolver

TEXTS: Final[Mapping[str, str | Promise]] = {
    "missing": gettext_lazy("It is empty, and a new cooperative needs it."),
    "too-long": gettext_lazy("This text is too long."),
    "not-a-day": gettext_lazy("This is not a day. Write it like 31/12/2019."),
    "future-day": gettext_lazy("This day lies in the future."),
    "not-a-number": gettext_lazy("This is not a number."),
    "ambiguous-number": gettext_lazy(
        "This may be a thousand or a fraction. Write it without a point or comma."
    ),
    "out-of-range": gettext_lazy("This number is too small or too large."),
    "not-yes-or-no": gettext_lazy("Write yes or no."),
    "not-a-phone": gettext_lazy("This is not a phone number. Write it like 0612345678."),
    "unknown-kind": gettext_lazy("Write “registre” or “agrément”."),
    "unknown-status": gettext_lazy("This status is not known."),
    "unknown-sector": gettext_lazy("This field of activity is not known."),
    "does-not-add-up": gettext_lazy("Women and men do not add up to the members."),
    "unknown-place": gettext_lazy("This place is not known."),
    "ambiguous-place": gettext_lazy("Several places may be meant."),
    "elsewhere": gettext_lazy("This place does not lie there."),
    "twice": gettext_lazy("The same number stands in another row of this file."),
    "several-entries": gettext_lazy("Several entries bear this number. Add the court."),
    "other-region": gettext_lazy("It lies in a region that you do not look after."),
    "already-registered": gettext_lazy("An entry with this number was added meanwhile."),
    "read-as": gettext_lazy("“%(value)s” is read as %(places)s."),
    "unknown-court": gettext_lazy("No court of this name is known: taken as it is written."),
    "like-a-formula": gettext_lazy("It begins like a formula: kept as text."),
    "gone": gettext_lazy("The entry was merged or removed meanwhile."),
}


def said(problem: Mapping[str, Any]) -> str:
    """One problem of a row: "Province: this place is not known (Atlantide)"."""
    column = problem.get("column") or FIELDS.get(problem["field"], problem["field"])
    return _("%(column)s: %(what)s") % {"column": column, "what": what(problem)}


def what(problem: Mapping[str, Any]) -> str:
    """The same without the column: for a form, where it stands at its field."""
    text = str(TEXTS.get(problem["code"], problem["code"]))
    if problem["code"] == "read-as":
        text %= {"value": problem["value"], "places": _meant(problem)}
    parts = (text, hint(problem))
    return " ".join(filter(None, parts))


def hint(problem: Mapping[str, Any]) -> str:
    """What helps: the places that may be meant, the other row."""
    if problem["code"] in _ALLOWED:
        return _("Write one of: %(values)s.") % {
            "values": _(", ").join(_ALLOWED[problem["code"]]())
        }
    if problem["code"] == "not-a-number":
        example = "10000,50" if problem["field"] == "capital" else "12"
        return _("Write it like %(example)s.") % {"example": example}
    more = problem.get("more") or ()
    if not more:
        return ""
    if problem["code"] == "twice":
        return _("See row %(row)s.") % {"row": more[0]}
    if problem["code"] in ("unknown-place", "ambiguous-place", "elsewhere"):
        return _("Perhaps: %(places)s.") % {"places": _(", ").join(map(place, more))}
    return ""


def _meant(problem: Mapping[str, Any]) -> str:
    """What a word was taken for, as pages call it."""
    say = _MEANT.get(problem["field"], place)
    return _(", ").join(say(code) for code in problem["more"])


def _sector(code: str) -> str:
    found = branches.fields().get(code)
    return found.name if found else code


_MEANT: Final[Mapping[str, Callable[[str], str]]] = {
    "sector": _sector,
    "status": lambda code: str(CooperativeStatus(code).label),
    "registration_kind": lambda code: str(RegistrationKind(code).label),
}
# All that a column may hold.
_ALLOWED: Final[Mapping[str, Callable[[], Iterable[str]]]] = {
    "unknown-sector": lambda: (one.name for one in branches.fields().values()),
    "unknown-status": lambda: map(str, CooperativeStatus.labels),
}


def place(code: str) -> str:
    """The name of a region, province or commune, the last with its province."""
    for known in (places.regions(), places.provinces()):
        if code in known:
            return known[code].name
    name, around = commune(code), places.provinces().get(resolver().commune(code)[1])
    return f"{name} ({around.name})" if around else name


def commune(code: str) -> str:
    """Its name alone, in the language of the page."""
    known = places.communes()
    return known[code].name if code in known else code


def all_said(problems: list[dict[str, Any]]) -> str:
    return " ".join(said(problem) for problem in problems)
