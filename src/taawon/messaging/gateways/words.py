"""The words of a short message, as bytes of SMPP 3.4 and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import gsm0338  # noqa: F401 - registers the alphabet

# Values of data_coding (SMPP 3.4, 5.2.19).
GSM: Final = 0
LATIN: Final = 3
WIDE: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """Where a piece of a long text stands: `number` of `total`."""

    reference: int
    number: int
    total: int


def cut(body: bytes) -> tuple[Part | None, bytes]:
    """The header of a piece (3GPP TS 23.040, 9.2.3.24), and what follows it."""
    if not body or body[0] >= len(body):
        return None, body
    header, rest = body[1 : body[0] + 1], body[body[0] + 1 :]
    match header[:2]:
        case b"\x00\x03" if len(header) >= 5:
            return Part(header[2], header[4], header[3]), rest
        case b"\x08\x04" if len(header) >= 6:
            return Part(header[2] << 8 | header[3], header[5], header[4]), rest
    return None, rest


def read(body: bytes, coding: int) -> str:
    if coding == WIDE:
        return body.decode("utf-16-be", "replace")
    if coding == LATIN:
        return body.decode("latin-1")
    return body.decode("gsm03.38", "replace")


def validity(lives: int) -> str:
    """Relative time of SMPP 3.4, 7.1.1: years, months, days, hours, minutes, seconds; R."""
    if not lives:
        return ""
    days, rest = divmod(min(lives, 27 * 86_400), 86_400)
    return f"0000{days:02}{rest // 3600:02}{rest % 3600 // 60:02}{rest % 60:02}000R"
