"""The letters of words: case, accents, Arabic vowel marks and letter forms, digits of every script.

Elisions are dropped; Tifinagh stays.
"""

from __future__ import annotations

import re

from taawon.core.folding import FOLDING

LONGEST_WORD = 64
# l'huile d'argan, qu'une: the letters before the apostrophe say nothing.
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ`´＇](?=\w)", re.IGNORECASE)


def fold(text: str) -> list[str]:
    """The words of a text in order, each folded and at most 64 characters long.

    >>> fold("Huile d’Argan ٥٠٠ مل")
    ['huile', 'argan', '500', 'مل']
    """
    plain = _ELISION.sub(" ", text).translate(FOLDING)
    return [word[:LONGEST_WORD] for word in plain.split()]
