"""Which word a misspelt one stands for. Whoever is not sure says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    most = 2 if len(written) >= TWO_EDITS_FROM else 1
    nearest: list[str] = []
    best = most + 1
    for length in range(len(written) - most, len(written) + most + 1):
        for word in lexicon.guessable.get(length, ()):
            edits = _edits(written, word, min(best, most))
            if edits < best:
                nearest, best = [word], edits
            elif edits == best and nearest:
                nearest.append(word)
    if not nearest:
        return None
    meant = dict.fromkeys((lexicon.words[word].role, lexicon.words[word].value) for word in nearest)
    doubt = tuple(value for _role, value in meant) if len(meant) > 1 else ()
    return Guess(nearest[0], best, doubt)


def _edits(written: str, word: str, most: int) -> int:
    """How many, or more than `most`. Of two edits none is in the first letter: people see that."""
    allowed = most if len(word) >= TWO_EDITS_FROM else 1
    edits = OSA.distance(written, word, score_cutoff=allowed)
    return 3 if edits > allowed or (edits == 2 and written[0] != word[0]) else edits
