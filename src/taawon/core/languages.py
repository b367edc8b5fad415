"""The four languages, and how a name is chosen among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils import translation

LANGUAGES = ("fr", "ar", "zgh", "en")
FALLBACKS = {
    "fr": ("fr", "en", "ar"),
    "ar": ("ar", "fr"),
    "zgh": ("zgh", "fr", "ar"),
    "en": ("en", "fr", "ar"),
}


@cache
@cache
def columns(field: str) -> tuple[str, ...]:
    """The columns of a translated field: name → name_fr, name_ar, name_zgh, name_en."""
    return tuple(f"{field}_{language}" for language in LANGUAGES)


def current() -> str:
    language = (translation.get_language() or "fr").split("-")[0]
    return language if language in LANGUAGES else "fr"


def spoken(row: Mapping[str, Any], field: str, language: str | None = None) -> str:
    """A translated field of a `.values()` row, in the reader's language or the nearest."""
    for choice in (*FALLBACKS[language or current()], *LANGUAGES):
        if text := row.get(f"{field}_{choice}"):
            return str(text)
    return ""


def texts_of(thing: object, field: str) -> dict[str, str]:
    """The languages of a model's translated field: {"fr": …, "ar": …}, empty ones left out."""
    found = {language: getattr(thing, f"{field}_{language}", "") for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def said_by(thing: object, field: str, language: str | None = None) -> str:
    """Like `spoken`, of a model."""
    return spoken(
        {f"{field}_{code}": text for code, text in texts_of(thing, field).items()},
        field,
        language,
    )
