"""What the line answers, from one file a voice; names give way so that a reply fits one segment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from taawon.core.money import Money
from taawon.messaging.fitting import Name, fitted

VOICES: Final = ("fr", "ar", "ary", "zgh", "en")


def say(sentence: str, voice: str, **facts: Any) -> str:
    """The sentence in a voice, in one segment as far as its names can be shortened."""
    pattern = _pattern(sentence, voice)
    told = {name: _told(fact, voice) for name, fact in facts.items()}
    return fitted(pattern.format_map, told, 1)


def state(value: str, voice: str) -> str:
    """The state of an order as the voice calls it."""
    return _word("states", value, voice)


def verb(intent: str, voice: str) -> str:
    """The word that does it, as one would type it."""
    return _word("verbs", intent, voice)


def listed(rows: Sequence[str], voice: str) -> str:
    return ("، " if voice == "ar" else ", ").join(rows)


def _word(table: str, name: str, voice: str) -> str:
    return str(_file(voice).get(table, {}).get(name) or _file("fr")[table][name])


def _pattern(sentence: str, voice: str) -> str:
    return str(_file(voice).get(sentence) or _file("fr")[sentence])


def _told(fact: Any, voice: str) -> str:
    if isinstance(fact, Money):
        return _amount(fact, voice)
    if isinstance(fact, date):
        return f"{fact:%d/%m}"
    return fact if isinstance(fact, Name) else str(fact)


def _amount(money: Money, voice: str) -> str:
    """2 840 DH, ٢٨٤٠ is never written: digits are those of the keyboard.

    In a line that runs from right to left the two parts of "2 840" would change places.
    """
    if voice == "ar":
        return money.in_language(voice)
    number, _, currency = str(money).rpartition(" ")
    whole, comma, rest = number.partition(",")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{grouped}{comma}{rest} {currency}"


@cache
def _file(voice: str) -> Mapping[str, Any]:
    file = files(__package__) / "replies" / f"{voice if voice in VOICES else 'fr'}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
