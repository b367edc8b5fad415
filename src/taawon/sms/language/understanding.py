"""What the parser answers: a command, or what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

# Verbs of the line, by the names that they have in the journal and in `taawon sms --explain`.
INTENTS: Final = (
    "ACCEPT",
    "REFUSE",
    "SHIP",
    "DELIVERED",
    "STOCK",
    "PRICE",
    "SALES",
    "PRODUCTS",
    "PAUSE",
    "OPEN",
    "CANCEL",
    "HELP",
    "AGENT",
    "LANGUAGE",
    "CALLS",
    "LESSON",
    "NEXT",
)
STOPS: Final = ("STOP", "STOP_ALL", "START")
# Bank details, refunds, another phone: answered that no text does it.
NEVER: Final = "NEVER"
# These change something: a question, a condition or a plan for tomorrow is not enough for them.
CHANGING: Final = frozenset(
    {"ACCEPT", "REFUSE", "SHIP", "DELIVERED", "STOCK", "PRICE", "PAUSE", "OPEN", "CANCEL"}
)
# A verb that was guessed from a misspelt word is not enough for these.
RISKY: Final = frozenset({"REFUSE", "PAUSE", "STOP_ALL"})
Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that the sender may have meant."""

    intent: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understanding:
    """A text as it was understood.

    `intent` is None where it must be asked: then `options` are what it may mean, in the order of a
    menu; none of them where nothing was understood. `args` holds order, product, quantity (whole
    numbers), price_centimes, period ("today", "week", "month"), reason, tracking, topic, language.
    `voice` is how it was written: fr, ar, ary (Darija in Latin letters), zgh, en, or "".
    `numbers` are the whole numbers of the text. `confidence` goes from 0 to 1.
    """

    intent: str | None
    args: Args = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    voice: str = ""
    numbers: tuple[int, ...] = ()
    confidence: float = 0.0

    @property
    def asks(self) -> bool:
        return self.intent is None and bool(self.options)
