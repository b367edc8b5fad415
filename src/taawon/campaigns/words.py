"""The text of a campaign as one person gets it: who writes, what, and how to stop it.

Sender and a free way to stop belong into every announcement (law 09-08, article 10).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from taawon.campaigns.errors import NotForCustomers, TooManySegments, UnknownField
from taawon.campaigns.models import Campaign
from taawon.campaigns.states import Who
from taawon.core.languages import texts_of
from taawon.messaging.fitting import Name, fitted
from taawon.messaging.rules import is_gsm, plain, segments

FIELDS: Final = ("name", "cooperative", "region")
MOST_SEGMENTS: Final = 3
# A name of this length fits without being shortened: what is planned and paid for.
_USUAL_NAME: Final = 20
_FIELD: Final = re.compile("{(" + "|".join(FIELDS) + ")}")
_BRACES: Final = re.compile(r"[{}]([^{}]*)")
_GAP: Final = re.compile(r" +(?= |[,.!?،؟])")
_FRAMES: Final = {
    "fr": "{site}: {body} STOP au {number}",
    "ar": "تعاون: {body} للإيقاف: توقف إلى {number}",
    "zgh": "{site}: {body} STOP {number}",
    "en": "{site}: {body} STOP to {number}",
}
# Whose language has no text gets this one; never Arabic for French, nor French for Arabic.
_INSTEAD: Final = {"fr": (), "ar": (), "zgh": ("fr", "ar"), "en": ("fr", "ar")}


def language_of(campaign: Campaign, reader: str) -> str:
    """In which language a reader is written to; "" where there is no text for them."""
    known = texts_of(campaign, "text")
    choices = (reader, *_INSTEAD.get(reader, ()))
    return next((language for language in choices if language in known), "")


def check(bodies: Mapping[str, str], who: str) -> None:
    """{"fr": …}. Raises UnknownField, NotForCustomers, TooManySegments."""
    for language, body in bodies.items():
        field = f"text_{language}"
        if (other := _other_braces(body)) is not None:
            raise UnknownField(field=field, name=other)
        if "{cooperative}" in body and who != Who.MEMBERS:
            raise NotForCustomers(field=field)
        if body and planned(body, language) > MOST_SEGMENTS:
            raise TooManySegments(field=field, most=MOST_SEGMENTS)


def planned(body: str, language: str) -> int:
    """How many segments the text has at most, whatever people and cooperatives are called."""
    letter = "ن" if language == "ar" else "n"
    usual = dict.fromkeys(FIELDS, letter * _USUAL_NAME)
    return segments(plain(_framed(body, language, usual)))


def write(body: str, language: str, facts: Mapping[str, str]) -> str:
    """The whole text; names give way so that it has no more segments than planned."""
    bare = plain(_framed(body, language, dict.fromkeys(FIELDS, "")))
    told = {name: Name(_in_its_letters(facts.get(name, ""), bare)) for name in FIELDS}
    return fitted(lambda names: _framed(body, language, names), told, planned(body, language))


def _in_its_letters(name: str, text: str) -> str:
    """A name in another script would make a Latin text cost twice: it is left out."""
    return "" if is_gsm(text) and not is_gsm(plain(name)) else name


def _framed(body: str, language: str, names: Mapping[str, Any]) -> str:
    return _FRAMES[language].format(
        site=settings.SITE_NAME, body=_filled(body, names), number=settings.SHORT_CODE
    )


def _filled(body: str, names: Mapping[str, Any]) -> str:
    """In one pass: a name that holds braces stays as it is."""
    filled = _FIELD.sub(lambda found: str(names[found[1]]), body)
    # Whoever has told us no name leaves no gap.
    return _GAP.sub("", filled).strip()


def _other_braces(body: str) -> str | None:
    """What stands in braces and is no field; None where there is nothing of the kind."""
    found = _BRACES.search(_FIELD.sub("", body))
    return found[1] if found else None
