"""How long a text is, as the operator counts."""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€")  # Each of these takes two places.


def segments(text: str) -> int:
    """How many texts the operator makes of it: 160 GSM letters each, or 70 in any other script."""
    if all(sign in _BASIC or sign in _EXTENSION for sign in text):
        length, one, several = sum(1 + (sign in _EXTENSION) for sign in text), 160, 153
    else:
        length, one, several = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= one else -(-length // several)
