"""The letters of words: case, accents, Arabic vowel marks and letter forms, digits of every script.

Elisions are dropped; Tifinagh stays.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 64
# l'huile d'argan, qu'une: the letters before the apostrophe say nothing.
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ`´＇](?=\w)", re.IGNORECASE)
_LETTERS = {
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ی": "ي",
    "ک": "ك",
    # g, as Moroccans write it; where they have no such key, they write k.
    "گ": "ك",
    "ڭ": "ك",
    "ݣ": "ك",
    "ڤ": "ف",
    "پ": "ب",
    "ـ": "",
    # Tamazight in Latin letters.
    "ɣ": "gh",
    "ɛ": "3",
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
}


class _Folding(dict[int, str]):
    """What each character becomes; found out when it is first met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(point)).casefold()
        folded = "".join(map(_fold_one, unicodedata.normalize("NFKD", plain)))
        self[point] = folded
        return folded


def _fold_one(sign: str) -> str:
    if sign in _LETTERS:
        return _LETTERS[sign]
    if unicodedata.category(sign) in ("Mn", "Cf"):
        return ""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return sign if sign.isalnum() else " "


_folding = _Folding()


def fold(text: str) -> list[str]:
    """The words of a text in order, each folded and at most 64 characters long.

    >>> fold("Huile d’Argan ٥٠٠ مل")
    ['huile', 'argan', '500', 'مل']
    """
    plain = _ELISION.sub(" ", text).translate(_folding)
    return [word[:LONGEST_WORD] for word in plain.split()]
