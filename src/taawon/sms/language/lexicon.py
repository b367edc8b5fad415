"""The words of five ways of writing, from one file each, ready to be looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from taawon.sms.language.normalise import normalise
from taawon.sms.language.understanding import INTENTS, NEVER

VOICES: Final = ("fr", "ar", "ary", "zgh", "en")
_STOPS: Final = {"annonces": "STOP", "tout": "STOP_ALL", "reprendre": "START"}
_NOUNS: Final = {
    "non": "not",
    "commande": "order",
    "produit": "product",
    "monnaie": "currency",
    "unite": "unit",
    "politesse": "polite",
    "remplissage": "filler",
    "doute": "hedge",
    "passe": "past",
    "merci": "thanks",
}
_MOST_WORDS: Final = 6
_GUESSED: Final = ("verb", "not", "period", "order", "product", "language", "hedge", "never")


class BadLexicon(ValueError):
    """A file says something that cannot be meant; the words name the place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word is: `role` verb, alone, stop, never, not, hedge, past, order, product, currency,
    unit, polite, thanks, filler, period or language; `value` its intent, period or language."""

    role: str
    value: str
    voice: str


@dataclass(slots=True)
class Lexicon:
    """Words, and phrases of several words; the first file that has a word owns it."""

    words: dict[str, Entry] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    stops: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    alone: dict[str, Entry] = field(default_factory=dict)
    # Words that a misspelt one may stand for, by their length.
    guessable: dict[int, list[str]] = field(default_factory=dict)

    def add(self, written: str, entry: Entry) -> None:
        words = tuple(normalise(written).split())
        if not words or len(words) > _MOST_WORDS:
            raise BadLexicon(f"{entry.voice}: {written!r}")
        if entry.role == "stop":
            self.stops.setdefault(words, entry)
        elif entry.role == "alone":
            self.alone.setdefault(words[0], entry)
        elif len(words) > 1:
            row = (words, entry)
            self.phrases.setdefault(words[0], []).append(row)
            self.phrases[words[0]].sort(key=lambda row: -len(row[0]))
        elif words[0] not in self.words:
            self.words[words[0]] = entry
            if entry.role in _GUESSED and len(words[0]) >= 4:
                self.guessable.setdefault(len(words[0]), []).append(words[0])

    def phrase_at(self, words: list[str], place: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins there, and how many words it takes."""
        for phrase, entry in self.phrases.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase), entry
        return None


@cache
def standard() -> Lexicon:
    """The five files; read when the first text comes."""
    lexicon = Lexicon()
    for voice in VOICES:
        for written, entry in entries(voice, read(voice)):
            lexicon.add(written, entry)
    return lexicon


def with_taught(taught: Iterable[tuple[str, str, str]]) -> Lexicon:
    """The five files and words that were taught since: (word, intent, voice)."""
    lexicon = Lexicon()
    for voice in VOICES:
        for written, entry in entries(voice, read(voice)):
            lexicon.add(written, entry)
    for word, intent, voice in taught:
        lexicon.add(word, Entry("verb", intent, voice))
    return lexicon


def read(voice: str) -> dict[str, Any]:
    file = files(__package__) / "lexicon" / f"{voice}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def entries(voice: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Every word of a file as it is written there. Raises BadLexicon for a part that is unknown."""
    for part, groups in content.items():
        for group, written in groups.items():
            entry = _entry(part, group, voice)
            for word in written:
                yield word, entry


def _entry(part: str, group: str, voice: str) -> Entry:
    if part == "commandes" and group in INTENTS:
        return Entry("verb", group, voice)
    if part == "seul" and group in INTENTS:
        return Entry("alone", group, voice)
    if part == "arret" and group in _STOPS:
        return Entry("stop", _STOPS[group], voice)
    if part == "jamais" and group == NEVER:
        return Entry("never", NEVER, voice)
    if part == "mots" and group in _NOUNS:
        return Entry(_NOUNS[group], "", voice)
    if part == "periode" and group in ("today", "week", "month"):
        return Entry("period", group, voice)
    if part == "langue" and group in VOICES:
        return Entry("language", group, voice)
    raise BadLexicon(f"{voice}: [{part}] {group}")
