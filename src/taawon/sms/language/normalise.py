"""One way of writing for what people write in many: no marks, the digits 0–9, small letters."""

from __future__ import annotations

import unicodedata

MOST = 480
# Letters that are told apart on paper and not in haste; signs that separate the decimals.
_FOLDED = str.maketrans(
    {"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": None, "گ": "ك", "ڭ": "ك", "ݣ": "ك", "ڤ": "ف", "پ": "ب"}
    | {"ے": "ي", "ی": "ي", "ک": "ك", "œ": "oe", "æ": "ae", "ø": "o", "ı": "i"}
    | {"❌": " pas ", "👎": " pas ", "🚫": " pas ", "✖": " pas "}
    | {"٫": ",", "،": " , ", "؛": " ", "’": " ", "‘": " ", "'": " ", "`": " ", "°": "o "}
)


def normalise(text: str) -> str:
    """NFKC, small letters, no marks, digits 0–9; never longer than MOST letters, never an error."""
    whole = "".join(sign for sign in text[: 4 * MOST] if not 0xD800 <= ord(sign) <= 0xDFFF)
    small = unicodedata.normalize("NFKC", whole).casefold().translate(_FOLDED)
    bare = (_plain(sign) for sign in unicodedata.normalize("NFD", small))
    return "".join(bare).translate(_FOLDED)[:MOST]


def in_plain_digits(text: str) -> str:
    """The same text with the digits 0–9, sign for sign."""
    return "".join(str(unicodedata.decimal(s)) if s.isdecimal() else s for s in text)


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign if sign >= " " else " "
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind in ("Mn", "Cf", "Me"):
        return ""
    return " " if kind[0] in "CZ" else sign
