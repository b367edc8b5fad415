"""The words that an index holds, and which of them is nearest to one that was typed wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from taawon.core.memory import kept
from taawon.search.analysis import arabic, thesaurus
from taawon.search.readers import Reader

# New words are known for corrections so many seconds later; they are found at once.
SECONDS = 60.0
# So many letters, so many errors.
ONE_ERROR, TWO_ERRORS = 4, 7
MOST = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """{word: documents}, and the words of each script in a steady order."""

    frequency: Mapping[str, int]
    arabic: Sequence[str]
    other: Sequence[str]


def of(reader: Reader) -> Vocabulary:
    return kept(("vocabulary", str(reader.build)), SECONDS, lambda: _read(reader))


def nearest(reader: Reader, word: str) -> list[str]:
    """Words of documents and of the thesaurus with the fewest errors between; best first.

    Short words and numbers have none: too many others are as near.
    """
    if len(word) < ONE_ERROR or word.isdecimal():
        return []
    most = 1 if len(word) < TWO_ERRORS else 2
    known = of(reader)
    choices = known.arabic if arabic.is_arabic(word) else known.other
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=40)
    ranked = sorted(
        (distance, near[0] != word[0], -known.frequency.get(near, 0), near)
        for near, distance, _place in found
    )
    return [near for distance, _, _, near in ranked if distance == ranked[0][0]][:MOST]


def _read(reader: Reader) -> Vocabulary:
    frequency: dict[str, int] = {}
    for field in ("name", "body"):
        for word, count in reader.searcher.terms_with_prefix(field, ""):
            frequency[word] = frequency.get(word, 0) + count
    words = sorted(
        {
            word
            for word in (*frequency, *thesaurus.load().spellings)
            if len(word) >= ONE_ERROR and not word.isdecimal()
        }
    )
    return Vocabulary(
        frequency=frequency,
        arabic=[word for word in words if arabic.is_arabic(word)],
        other=[word for word in words if not arabic.is_arabic(word)],
    )
