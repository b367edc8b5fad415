"""One text that is being answered: who wrote it, for whom, what it says; and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from taawon.core.actor import Actor, Channel


@dataclass(slots=True)
class Turn:
    """`args` holds what the text said; a command completes it with what it found out."""

    person_id: int
    phone: str
    voice: str
    language: str
    args: dict[str, Any]
    cooperative_id: int = 0
    text: str = ""
    # What is done in the end; None where it must be asked.
    intent: str | None = None
    # A risky command whose code was right.
    confirmed: bool = False
    # Nothing is changed: no code is made or tried.
    rehearsed: bool = False

    @property
    def actor(self) -> Actor:
        return Actor(person_id=self.person_id or None, channel=Channel.SMS)


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of a menu: pressed by its number, it is a command."""

    intent: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"intent": self.intent, "args": dict(self.args)}


@dataclass(frozen=True, slots=True)
class Reply:
    """A sentence of replies/ with its facts, and what is remembered of it.

    `choices` is a menu that a digit answers; `undo` is what ANNULER takes back; `risky` asks for a
    code first, which stands in the sentence as {code}.
    """

    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    undo: Mapping[str, Any] | None = None
    risky: bool = False
    # From here on nothing earlier can be taken back.
    final: bool = False
    voice: str = ""
