"""Arabic and Tamazight in Latin letters, roughly as Moroccans spell them: for addresses.

Short vowels that nobody wrote are not guessed. What is read aloud or searched for needs more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

TIFINAGH: Final[Mapping[str, str]] = {
    "ⴰ": "a",
    "ⴱ": "b",
    "ⴳ": "g",
    "ⴷ": "d",
    "ⴹ": "d",
    "ⴻ": "e",
    "ⴼ": "f",
    "ⴽ": "k",
    "ⵀ": "h",
    "ⵃ": "h",
    "ⵄ": "3",
    "ⵅ": "kh",
    "ⵇ": "q",
    "ⵉ": "i",
    "ⵊ": "j",
    "ⵍ": "l",
    "ⵎ": "m",
    "ⵏ": "n",
    "ⵓ": "ou",
    "ⵔ": "r",
    "ⵕ": "r",
    "ⵖ": "gh",
    "ⵙ": "s",
    "ⵚ": "s",
    "ⵛ": "ch",
    "ⵜ": "t",
    "ⵟ": "t",
    "ⵡ": "w",
    "ⵢ": "y",
    "ⵣ": "z",
    "ⵥ": "z",
}
_ARABIC: Final[Mapping[str, str]] = {
    "ب": "b",
    "پ": "p",
    "ت": "t",
    "ث": "t",
    "ج": "j",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "d",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "ch",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "d",
    "ع": "a",
    "غ": "gh",
    "ف": "f",
    "ڤ": "v",
    "ق": "q",
    "ك": "k",
    "گ": "g",
    "ڭ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "ا": "a",
    "ى": "a",
    "ة": "a",
    "ء": "",
    "ـ": "",
}
# Words of every other name.
_WORDS: Final[Mapping[str, str]] = {
    "تعاونية": "cooperative",
    "التعاونية": "cooperative",
    "النسوية": "feminine",
    "النسائية": "feminine",
}
_ARTICLE = "ال"
_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3]+")
_AS_VOWEL: Final[Mapping[str, str]] = {"و": "ou", "ي": "i"}
_AS_CONSONANT: Final[Mapping[str, str]] = {"و": "w", "ي": "y"}
_SIGNS: Final = frozenset(map(chr, (*range(0x064B, 0x0660), 0x0670)))
_TWICE = re.compile(r"([aiou])\1+")


def latin(text: str) -> str:
    """The text with what is Arabic or Tifinagh in Latin letters; the rest as it is.

    >>> [latin(text) for text in ("تعاونية الأركان", "تيزنيت", "نور", "ⴰⵔⴳⴰⵏ", "Miel")]
    ['cooperative al-arkan', 'tiznit', 'nour', 'argan', 'Miel']
    """
    # Vowel signs, and the hamza that sits on a letter, are marks of their own when taken apart.
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in apart if sign not in _SIGNS)
    read = _ARABIC_WORD.sub(lambda found: _word(found[0]), bare)
    return "".join(TIFINAGH.get(sign, _digit(sign)) for sign in read)


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign


def _word(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    if word.startswith(_ARTICLE) and len(word) > 3:
        return f"al-{_spelt(word.removeprefix(_ARTICLE))}"
    return _spelt(word)


def _spelt(word: str) -> str:
    made = ""
    for place, sign in enumerate(word):
        if sign in _AS_VOWEL:
            before_a = word[place + 1 : place + 2] in ("ا", "ى", "ة")
            # At the beginning and before an a they are said as consonants.
            made += _AS_CONSONANT[sign] if before_a or place == 0 else _AS_VOWEL[sign]
        else:
            made += _ARABIC.get(sign, "")
    return _TWICE.sub(r"\1", made)
