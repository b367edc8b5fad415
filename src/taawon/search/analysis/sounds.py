"""How a word sounds, so that it is found in another script: 3sel = عسل, ⴰⵔⴳⴰⵏ = argan = أركان.

Arabic writes few vowels, so two scripts meet in the consonants. Where a word has fewer than three,
its vowels count too. Two spellings in Latin letters (kouskous, couscous) meet with their vowels.
"""

from __future__ import annotations

import re

from taawon.core.latin import TIFINAGH

# One sign a sound. What Moroccans spell alike or mix up is one: k q g, t ṭ, s ṣ, d ḍ, h ḥ.
_ARABIC = {
    "ب": "b",
    "ت": "t",
    "ث": "t",
    "ج": "j",
    "ح": "h",
    "خ": "x",
    "د": "d",
    "ذ": "d",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "c",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "d",
    "ع": "3",
    "غ": "R",
    "ف": "f",
    "ق": "k",
    "ك": "k",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "و": "u",
    "ي": "i",
    "ا": "a",
    "ء": "",
}
# Latin letters and the digits of Darija, two letters first.
_LATIN = re.compile(r"ch|sh|kh|gh|th|dh|ph|ou|oo|eau|ai|ei|ay|ey|au|[a-z0-9]")
# Before e, i and y, French says them otherwise.
_SOFT = {"c": "s", "g": "j"}
_SOUND = {
    "ch": "c",
    "sh": "c",
    "kh": "x",
    "gh": "R",
    "th": "t",
    "dh": "d",
    "ph": "f",
    "ou": "u",
    "oo": "u",
    "ai": "i",
    "ei": "i",
    "ay": "i",
    "ey": "i",
    "au": "u",
    "eau": "u",
    "c": "k",
    "q": "k",
    "g": "k",
    "9": "k",
    "8": "k",
    "7": "h",
    "5": "x",
    "6": "t",
    "2": "",
    "v": "f",
    "w": "u",
    "o": "u",
    "y": "i",
    "e": "e",
    "p": "b",
}
_VOWELS = frozenset("aeiu")
_TWICE = re.compile(r"(.)\1+")
FEWEST = 3


def latin_of_tifinagh(word: str) -> str:
    """ⴰⵔⴳⴰⵏ → argan, as French spells it."""
    return "".join(TIFINAGH.get(sign, "") for sign in word)


def is_tifinagh(word: str) -> bool:
    return "\u2d30" <= word[0] <= "\u2d7f"


def across(word: str) -> str:
    """The key under which another script finds the word; "" for what has no sound.

    >>> [across(word) for word in ("3sel", "عسل", "argan", "اركان", "nour", "نور")]
    ['3sl', '3sl', "'rkn", "'rkn", 'nur', 'nur']
    """
    signs = _signs(word)
    if not signs:
        return ""
    first = "'" if signs[0] in _VOWELS and len(signs) > 1 else ""
    consonants = "".join(sign for sign in signs if sign not in _VOWELS)
    if len(first + consonants) >= FEWEST:
        return first + consonants
    # Too little to tell words apart: long vowels count, and a short e is not written in Arabic.
    return signs.replace("e", "") if len(signs) >= FEWEST else ""


def alike(word: str) -> str:
    """The key under which another spelling in Latin letters, or Tifinagh, finds the word.

    A short e is written or not.

    >>> [alike(word) for word in ("kouskous", "couscous", "tifawin", "tifaouine", "tament")]
    ['kuskus', 'kuskus', 'tifauin', 'tifauin', 'tamnt']
    """
    signs = _TWICE.sub(r"\1", _signs(word).replace("e", ""))
    return signs if len(signs) >= 4 else ""


def _signs(word: str) -> str:
    """Letter for letter, doubled ones once. Digits that are no letters of Darija have no sound."""
    if "\u0620" <= word[0] <= "\u06ff":
        # ة is said a; where it is a real ه at the end, nobody hears it.
        spelled = f"{word[:-1]}ا" if word.endswith("ه") else word
        signs = "".join(_ARABIC.get(sign, "") for sign in spelled)
    else:
        latin = latin_of_tifinagh(word) if is_tifinagh(word) else word
        if not re.search("[a-z]", latin):
            return ""
        signs = "".join(_sound(latin, part) for part in _LATIN.finditer(latin))
    return _TWICE.sub(r"\1", signs)


def _sound(word: str, part: re.Match[str]) -> str:
    spelled = part[0]
    if spelled in _SOFT and word[part.end() : part.end() + 1] in ("e", "i", "y"):
        return _SOFT[spelled]
    return _SOUND.get(spelled, spelled)
