"""A text that fits: names of things and people give way, numbers and words never do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from taawon.messaging.rules import is_gsm, plain, segments

# A text of Arabic has room for 67 letters in each segment, and a link or a name takes one.
WIDE_SEGMENTS: Final = 2
_SHORTEST: Final = 5
_STUB: Final = 4
_LOOSE: Final = " .,،-"
_TWO_STOPS: Final = re.compile(r"(?<!\.)\.\.(?!\.)")


class Name(str):
    """A name of somebody or something: it may be shortened where the text is long."""

    __slots__ = ()


def fitted(
    write: Callable[[Mapping[str, Any]], str],
    facts: Mapping[str, Any],
    most: int,
    wide: int | None = None,
) -> str:
    """What `write` makes of the facts, in so many segments as far as its names can be shortened.

    `wide`, where it is given, is for scripts beyond the letters of GSM: less than half the room.
    """
    told = dict(facts)
    while True:
        # A name that was cut at the end of a sentence brings a second full stop.
        text = _TWO_STOPS.sub(".", plain(write(told)))
        longest = max(
            (name for name, fact in told.items() if isinstance(fact, Name)),
            key=lambda name: len(told[name]),
            default=None,
        )
        room = most if wide is None or is_gsm(text) else wide
        if segments(text) <= room or longest is None or len(told[longest]) <= _SHORTEST:
            return text
        told[longest] = Name(f"{_shorter(told[longest])}.")


def _shorter(name: str) -> str:
    """Two signs less, and no stub of a word or a lonely number at the end."""
    kept = name[:-2].rstrip(_LOOSE)
    head, _, stub = kept.rpartition(" ")
    while len(head) >= _SHORTEST and len(stub) < _STUB:
        kept = head.rstrip(_LOOSE)
        head, _, stub = kept.rpartition(" ")
    return kept
