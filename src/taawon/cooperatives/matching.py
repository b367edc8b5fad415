"""Which column of a file holds which field: guessed from the headings, confirmed by a person."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rapidfuzz import fuzz

from taawon.core.folding import folded

# What a column can hold, in the order of a form. "name" and "purpose" are in either script.
FIELDS: Final[Mapping[str, str | Promise]] = {
    "name": _("Name, in either script"),
    "name_fr": _("Name in French"),
    "name_ar": _("Name in Arabic"),
    "registration_number": _("Registration number"),
    "registration_kind": _("Kind of registration"),
    "court": _("Court"),
    "registered_on": _("Registered on"),
    "status": _("Status"),
    "sector": _("Sector"),
    "region": _("Region"),
    "province": _("Province"),
    "commune": _("Commune"),
    "address": _("Address"),
    "purpose": pgettext_lazy("of a cooperative", "Purpose"),
    "capital": _("Capital"),
    "women": _("Number of women"),
    "men": _("Number of men"),
    "members": _("Number of members"),
    "is_womens": _("A women’s cooperative"),
    "is_youth": _("A youth cooperative"),
    "president": _("President"),
    "phone": _("Phone on record"),
}
# Without it nothing can be told apart.
NEEDED: Final = "registration_number"
# From here on a guess is made at all.
_GUESSED: Final = 80


@dataclass(frozen=True, slots=True)
class Match:
    """`column` counts from 0; `confidence` is out of 100, and 100 is the very word."""

    field: str
    column: int
    confidence: int


def match(headings: Sequence[str]) -> list[Match]:
    """The likeliest column of each field, none twice, in the order of `FIELDS`."""
    guesses = sorted(
        (
            Match(field, column, confidence)
            for column, heading in enumerate(headings)
            if heading
            for field in FIELDS
            if (confidence := _confidence(field, heading)) >= _GUESSED
        ),
        key=lambda one: (-one.confidence, one.column),
    )
    chosen: dict[str, Match] = {}
    taken: set[int] = set()
    for one in guesses:
        if one.field not in chosen and one.column not in taken:
            chosen[one.field] = one
            taken.add(one.column)
    return [chosen[field] for field in FIELDS if field in chosen]


def _confidence(field: str, heading: str) -> int:
    plain = _plain(heading)
    words = _headings()[field]
    if plain in words:
        return 100
    # Our own names of the fields, and those of the pages.
    if plain in (folded(field.replace("_", " ")), _plain(str(FIELDS[field]))):
        return 100
    if len(plain) < 4:
        return 0
    return min(99, round(max(fuzz.token_sort_ratio(plain, word) for word in words)))


def _plain(heading: str) -> str:
    return folded(
        heading.replace("N°", "numéro ").replace("n°", "numéro ").replace("Nº", "numéro ")
    )


@cache
def _headings() -> dict[str, frozenset[str]]:
    return {field: frozenset(map(_plain, words)) for field, words in data()["fields"].items()}


@cache
def data() -> dict[str, dict[str, Any]]:
    """Words by what they mean: {"fields": …, "statuses": …, "kinds": …, "sectors": …}."""
    text = files("taawon.cooperatives").joinpath("data", "columns.toml").read_text("utf-8")
    return tomllib.loads(text)
