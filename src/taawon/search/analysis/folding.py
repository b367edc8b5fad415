"""The letters of words: case, accents, Arabic vowel marks and letter forms, digits of every script.

Elisions are dropped; Tifinagh stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from taawon.core.folding import FOLDING

LONGEST_WORD = 64
MOST_KEPT = 20_000
# l'huile d'argan, qu'une: the letters before the apostrophe say nothing.
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ`´＇](?=\w)", re.IGNORECASE)


def fold(text: str) -> list[str]:
    """The words of a text in order, each folded and at most 64 characters long.

    >>> fold("Huile d’Argan ٥٠٠ مل")
    ['huile', 'argan', '500', 'مل']
    """
    return list(chain.from_iterable(map(_folded, text.split())))


# Letter by letter is slow, and people write the same words again and again.
@lru_cache(maxsize=MOST_KEPT)
def _folded(written: str) -> tuple[str, ...]:
    """What stands between two spaces: a word, or several ("miel,thym"), or none ("–")."""
    plain = _ELISION.sub(" ", written).translate(FOLDING)
    return tuple([word[:LONGEST_WORD] for word in plain.split()])
