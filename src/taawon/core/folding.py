"""Names made comparable: case, accents, vowel marks, letter forms and digits of every script.

For matching names with names (places, headings, cooperatives); the index of words has its own.
"""

from __future__ import annotations

import unicodedata

_LETTERS = {
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ی": "ي",
    "ک": "ك",
    "ڭ": "ك",
    "گ": "ك",
    "ݣ": "ك",
    "ـ": "",
    "œ": "oe",
    "æ": "ae",
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


_folding = _Folding()


def folded(text: str) -> str:
    """Its words, joined by one blank.

    >>> folded("El Kelâa Des-Sraghna")
    'el kelaa des sraghna'
    """
    return " ".join(text.translate(_folding).split())
