"""What the floors above can hear from this room. Ids and codes; never a number or a text."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent(Event):
    ticket_id: int

    @property
    def subject(self) -> str:
        return f"conversations.ticket:{self.ticket_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(TicketEvent):
    name = "ticket-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTaken(TicketEvent):
    name = "ticket-taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketGivenBack(TicketEvent):
    name = "ticket-given-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClosed(TicketEvent):
    name = "ticket-closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEvent(Event):
    word_id: int

    @property
    def subject(self) -> str:
        return f"conversations.word:{self.word_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordProposed(WordEvent):
    name = "word-proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordApproved(WordEvent):
    name = "word-approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRefused(WordEvent):
    name = "word-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordWithdrawn(WordEvent):
    """An approved word counts no more."""

    name = "word-withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRead(Event):
    """Somebody of the national team looked at the texts of a number."""

    name = "conversation-read"
    dialogue_id: int

    @property
    def subject(self) -> str:
        return f"conversations.dialogue:{self.dialogue_id}"
