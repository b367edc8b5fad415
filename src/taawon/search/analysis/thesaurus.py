"""One thing in the words of five languages: which thing a word or a phrase names.

The words are data (thesaurus.toml); they are made comparable once, as the process first searches.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from typing import TypeVar

from taawon.search.analysis import arabic, latin, sounds
from taawon.search.analysis.folding import fold

LANGUAGES = ("fr", "ar", "da", "zgh", "en")
LONGEST_PHRASE = 4
FEWEST_BEGUN, MOST_BEGUN = 3, 4
# Words of a language that are met again and again; a whole register has some 60,000.
MOST_KEPT = 100_000

Key = TypeVar("Key", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Thing:
    """`words`: by language, as they are written; the first of a language is shown."""

    code: str
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """`single`: {word or its stem: codes}, `phrases`: {stems in order: codes}, `sounding`: {key of
    `sounds.across`: codes}, `beginnings`: first stems of phrases."""

    things: dict[str, Thing]
    single: dict[str, tuple[str, ...]]
    phrases: dict[tuple[str, ...], tuple[str, ...]]
    sounding: dict[str, tuple[str, ...]]
    beginnings: frozenset[str]
    spellings: tuple[str, ...]


@cache
def load() -> Thesaurus:
    things = {thing.code: thing for thing in _read()}
    single: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    sounding: dict[str, set[str]] = {}
    for thing in things.values():
        for language, word in _spellings(thing):
            tokens = meaning(fold(word))
            if len(tokens) == 1:
                for form in _spelled(tokens[0], language):
                    single.setdefault(form, set()).add(thing.code)
                if language in ("ar", "da", "zgh") and len(key := sounds.across(tokens[0])) > 2:
                    sounding.setdefault(key, set()).add(thing.code)
            for way in product(*map(stems, tokens)) if len(tokens) > 1 else ():
                phrases.setdefault(way, set()).add(thing.code)
    return Thesaurus(
        things=things,
        single=_settled(single),
        phrases=_settled(phrases),
        sounding=_settled(sounding),
        beginnings=frozenset(way[0] for way in phrases),
        spellings=tuple(word for word in single if len(word) >= 4),
    )


def _spelled(word: str, language: str) -> tuple[str, ...]:
    """Under what a word of the thesaurus is known. Darija has no French plurals to take away."""
    if language in ("da", "zgh"):
        return (word,)
    return tuple(dict.fromkeys((word, stems(word)[0])))


def codes_of(word: str) -> tuple[str, ...]:
    """The things that a folded word names, as it is, by its stem, or without its article."""
    known = load().single
    for form in plain_forms(word):
        if form in known:
            return known[form]
    return ()


def codes_begun(word: str) -> tuple[str, ...]:
    """The things that a word may become: 3se → honey. None for fewer than three letters."""
    if len(word) < FEWEST_BEGUN:
        return ()
    known = load().single
    found = (codes for spelled, codes in known.items() if spelled.startswith(word))
    return tuple(dict.fromkeys(code for codes in found for code in codes))[:MOST_BEGUN]


def phrases_in(words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(first, length, codes) of phrases among folded words, longest first at each place."""
    known = load()
    for first, word in enumerate(words):
        if not begins(word):
            continue
        forms = [stems(next) for next in words[first : first + LONGEST_PHRASE]]
        for length in range(len(forms), 1, -1):
            if codes := _codes(known, forms[:length]):
                yield first, length, codes
                break


@lru_cache(maxsize=MOST_KEPT)
def begins(word: str) -> bool:
    return not load().beginnings.isdisjoint(stems(word))


def _codes(known: Thesaurus, forms: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    for way in product(*forms):
        if codes := known.phrases.get(way):
            return codes
    return ()


@cache
def empty_words() -> frozenset[str]:
    return frozenset(_plain_words()["empty"])


@cache
def weak_words() -> frozenset[str]:
    return frozenset(form for word in _plain_words()["weak"] for form in plain_forms(word))


def meaning(words: Sequence[str]) -> list[str]:
    """Without words that say nothing ("de", "ديال"), and without single letters beside words."""
    return [word for word in words if not is_empty(word)] or list(words)


def is_empty(word: str) -> bool:
    return len(word) < 2 or word in empty_words()


@lru_cache(maxsize=MOST_KEPT)
def stems(word: str) -> tuple[str, ...]:
    """The stem of a folded word, then that without what is attached before it."""
    if arabic.is_arabic(word):
        forms = (arabic.stem(word), arabic.stem(arabic.without_attached(word)))
    else:
        forms = (latin.stem(word), latin.stem(latin.without_article(word)))
    return tuple(dict.fromkeys(forms))


def plain_forms(word: str) -> tuple[str, ...]:
    """The word itself, without article, and its stems: from the surest to the least sure."""
    bare = arabic.bare(word) if arabic.is_arabic(word) else word
    return tuple(dict.fromkeys((word, bare, *stems(word))))


@cache
def _plain_words() -> dict[str, list[str]]:
    return {name: fold(text) for name, text in tomllib.loads(_text("plain_words.toml")).items()}


def _read() -> Iterator[Thing]:
    for group in tomllib.loads(_text("thesaurus.toml")).values():
        for code, words in group.items():
            yield Thing(
                code,
                {
                    language: tuple(word.strip() for word in words[language].split("/"))
                    for language in LANGUAGES
                    if language in words
                },
            )


def _spellings(thing: Thing) -> Iterator[tuple[str, str]]:
    for language, words in thing.words.items():
        for word in words:
            yield language, word


def _settled(found: dict[Key, set[str]]) -> dict[Key, tuple[str, ...]]:
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def version() -> str:
    """Of the data: an index built with other words is built again."""
    return _text("thesaurus.toml") + _text("plain_words.toml")


def shown(codes: Iterable[str]) -> list[str]:
    """How a thing is called in French, Arabic, Darija and Tamazight, for "also searched"."""
    things = load().things
    return [
        things[code].words[language][0]
        for code in codes
        for language in ("fr", "ar", "en")
        if language in things[code].words
    ]
