"""How long a text is, as the operator counts, and how a French one stays short."""

from __future__ import annotations

import re
import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€")  # Each of these takes two places.
# Signs that are worth a plain one, when they alone would cost more than half of the room.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-"}
    | {"\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE", "×": "x", "·": ".", "°": "o"}
)


def plain(text: str) -> str:
    """A text in Latin letters with GSM letters alone (ê → e, ç → c); any other as it is."""
    # French quotes keep a space inside, which plain ones have no use for.
    tight = re.sub("(?<=«)[\u00a0\u202f]|[\u00a0\u202f](?=»)", "", text)
    simple = "".join(
        sign if sign in _BASIC or sign in _EXTENSION else unicodedata.normalize("NFD", sign)[0]
        for sign in unicodedata.normalize("NFC", tight).translate(_PLAIN)
    )
    return simple if is_gsm(simple) else text


def segments(text: str) -> int:
    """How many texts the operator makes of it: 160 GSM letters each, or 70 in any other script."""
    if is_gsm(text):
        length, one, several = sum(1 + (sign in _EXTENSION) for sign in text), 160, 153
    else:
        length, one, several = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= one else -(-length // several)


def is_gsm(text: str) -> bool:
    """Whether every sign stands in the GSM 03.38 alphabet."""
    return all(sign in _BASIC or sign in _EXTENSION for sign in text)
