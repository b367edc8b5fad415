"""Which words of a text answer a question: to be shown, so that people see why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from taawon.search.analysis import fold, forms, thesaurus
from taawon.search.analysis.forms import Asked
from taawon.search.understanding import LONGEST_QUERY, MOST_WORDS

MOST_KEPT, MOST_TEXTS, MOST_QUESTIONS = 20_000, 4_096, 512
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


class _Read(NamedTuple):
    """A text's words as (start, end, folded words), and its phrases as (places, keys)."""

    words: Sequence[tuple[int, int, Sequence[str]]]
    phrases: Sequence[tuple[Sequence[int], frozenset[str]]]


class Marker:
    """What somebody asked for, ready to be looked for in many short texts."""

    def __init__(self, question: str) -> None:
        asked = forms.of_question(question[:LONGEST_QUERY], MOST_WORDS)
        self._asked = [frozenset(_keys_asked(one)) for one in asked if not one.is_weak]
        self._keys = frozenset(key for one in asked for key in _keys_asked(one))
        last = asked[-1].words[-1] if asked else ""
        self._begun = last if len(last) > 1 else ""

    def parts(self, text: str) -> Iterator[tuple[str, bool]]:
        """The whole text in pieces, each with whether it answers."""
        read = _read(text)
        in_phrase = self._in_phrases(read)
        end = 0
        for place, (start, stop, words) in enumerate(read.words):
            if place in in_phrase or any(map(self._answers, words)):
                if start > end:
                    yield text[end:start], False
                yield text[start:stop], True
                end = stop
        if end < len(text):
            yield text[end:], False

    def fits(self, text: str) -> bool:
        """Whether the text alone answers every word, the last as far as it is typed."""
        read = _read(text)
        words = [word for _start, _end, some in read.words for word in some]
        borne = frozenset().union(*map(_keys_borne, words), *(keys for _, keys in read.phrases))
        left = [keys for keys in self._asked if keys.isdisjoint(borne)]
        if left and self._begun in left[-1] and any(word.startswith(self._begun) for word in words):
            left.pop()
        return not left

    def _answers(self, word: str) -> bool:
        begins = bool(self._begun) and word.startswith(self._begun)
        return begins or not self._keys.isdisjoint(_keys_borne(word))

    def _in_phrases(self, read: _Read) -> set[int]:
        """The places of words that name a thing together: "huile d'olive" for "zit l3oud"."""
        return {
            place
            for places, things in read.phrases
            if not self._keys.isdisjoint(things)
            for place in places
        }


@lru_cache(maxsize=MOST_QUESTIONS)
def marker_of(question: str) -> Marker:
    """One for everybody who asks the same."""
    return Marker(question)


def as_written(question: str, texts: Iterable[str]) -> str:
    """Folded words as those texts write them ("crème"); a word that none has stays as it is."""
    written: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            for folded in fold(word):
                written.setdefault(folded, word.lower())
    return " ".join(written.get(word, word) for word in question.split())


def _keys_asked(asked: Asked) -> Iterator[str]:
    yield from asked.things
    for one in [asked] if len(asked.words) == 1 else map(forms.of_word, asked.words):
        yield from one.exact
        yield from one.stems
        yield from one.things
        yield from one.sounds


@lru_cache(maxsize=MOST_KEPT)
def _keys_borne(word: str) -> frozenset[str]:
    return frozenset({word, *forms.of_name([word]).every.split()})


# Names of what is popular are shown again and again.
@lru_cache(maxsize=MOST_TEXTS)
def _read(text: str) -> _Read:
    found = list(_WORD.finditer(text))
    words = [[word for word in fold(one[0]) if not thesaurus.is_empty(word)] for one in found]
    places = [place for place, some in enumerate(words) for _ in some]
    flat = [word for some in words for word in some]
    return _Read(
        [(one.start(), one.end(), some) for one, some in zip(found, words, strict=True)],
        [
            (places[first : first + length], frozenset(f"§{code}" for code in codes))
            for first, length, codes in thesaurus.phrases_in(flat)
        ],
    )
