"""Which word a misspelt one stands for. Whoever is not sure says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from taawon.sms.language.lexicon import Lexicon

SHORTEST = 4
TWO_EDITS_FROM = 6


@dataclass(frozen=True, slots=True)
class Guess:
    """The nearest word, how many letters are wrong, and the intents among which it is unclear."""

    word: str
    edits: int
    doubt: tuple[str, ...] = ()


def guess(written: str, lexicon: Lexicon) -> Guess | None:
    """The nearest word of the lexicon: one edit from four letters, two from six.

    An edit is a letter added, left out, changed, or swapped with its neighbour.
    """
    if len(written) == 3 and OSA.distance(written, "pas", score_cutoff=1) <= 1:
        return Guess("pas", 1)  # A lost "not" turns a text into its opposite.
    if len(written) < SHORTEST:
        return None
    found = sorted(_near(written, lexicon))
    if not found:
        return None
    best = found[0][0]
    nearest = [word for edits, *_place, word in found if edits == best]
    meant = dict.fromkeys((lexicon.words[word].role, lexicon.words[word].value) for word in nearest)
    doubt = tuple(value for _role, value in meant) if len(meant) > 1 else ()
    return Guess(nearest[0], best, doubt)


def _near(written: str, lexicon: Lexicon) -> Iterator[tuple[int, int, int, str]]:
    """(edits, length, place, word). Of two edits none is in the first letter: people see that."""
    most = 2 if len(written) >= TWO_EDITS_FROM else 1
    for length in range(len(written) - most, len(written) + most + 1):
        allowed = most if length >= TWO_EDITS_FROM else 1
        words = lexicon.guessable.get(length, ())
        scored = process.extract(
            written, words, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None
        )
        for word, edits, place in scored:
            if edits < 2 or written[0] == word[0]:
                yield int(edits), length, place, word
