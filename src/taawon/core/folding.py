"""Names made comparable: case, accents, vowel marks, letter forms and digits of every script.

Names are compared with names by it (places, headings, cooperatives), and words with words.
"""

from __future__ import annotations

import unicodedata

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
    """What each sign becomes; found out when it is first met."""

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


# For `str.translate`: signs that are no letters and no digits become blanks.
FOLDING = _Folding()


def folded(text: str) -> str:
    """Its words, joined by one blank.

    >>> folded("El Kelâa Des-Sraghna")
    'el kelaa des sraghna'
    """
    return " ".join(text.translate(FOLDING).split())
