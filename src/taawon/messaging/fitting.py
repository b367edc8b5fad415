"""A text that fits: names of things and people give way, numbers and words never do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from taawon.messaging.rules import plain, segments

_SHORTEST: Final = 5


class Name(str):
    """A name of somebody or something: it may be shortened where the text is long."""

    __slots__ = ()


def fitted(write: Callable[[Mapping[str, Any]], str], facts: Mapping[str, Any], most: int) -> str:
    """What `write` makes of the facts, in so many segments as far as its names can be shortened."""
    told = dict(facts)
    while True:
        text = plain(write(told))
        longest = max(
            (name for name, fact in told.items() if isinstance(fact, Name)),
            key=lambda name: len(told[name]),
            default=None,
        )
        if segments(text) <= most or longest is None or len(told[longest]) <= _SHORTEST:
            return text
        told[longest] = Name(told[longest][:-2].rstrip(" .,،-") + ".")
