"""What people type, made harmless and tidy before it is kept."""

from __future__ import annotations

import re
import secrets
import unicodedata

from taawon.core.latin import latin

# Marks that turn the direction of what follows: they can make a text lie on the screen.
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_KEPT_CONTROLS = {"\n"}
# An account or a card: more digits than any order, amount, phone or parcel has.
_ACCOUNT = re.compile(r"\d(?:[ ./-]{0,2}\d){14,}")
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def clean(written: str, *, lines: bool = False) -> str:
    """NFC without control characters, bidi marks and needless blanks; line ends on request."""
    text = written.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if ord(sign) not in _BIDI
        and (sign in _KEPT_CONTROLS or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    )
    if not lines:
        return " ".join(kept.split())
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


def without_accounts(written: str) -> str:
    """Numbers of accounts and cards are never kept."""
    return _ACCOUNT.sub("…", written)


def random_code(length: int) -> str:
    """Letters and digits that nobody confuses when reading aloud (no 0 O 1 I L)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def slug(*names: str) -> str:
    """ASCII words of the first name that has any, joined by hyphens: for addresses.

    A name in Arabic or Tifinagh alone is written in Latin letters.
    """
    for name in (*names, *map(latin, names)):
        plain = name.replace("œ", "oe").replace("Œ", "Oe").replace("’", " ")
        plain = unicodedata.normalize("NFKD", plain)
        words = "".join(
            sign if sign.isascii() and sign.isalnum() else " "
            for sign in plain
            if not unicodedata.combining(sign)
        ).split()
        if words:
            return "-".join(words).lower()[:80].strip("-")
    return "x"
