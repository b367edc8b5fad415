"""Ways to a phone or a mailbox, one module each: they carry, and know nothing of why.

What is queued, folded, counted, stopped or tried again is decided above them. See docs/sms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Outbound:
    """What is to be carried. A gateway that takes `key` never sends the same one twice."""

    key: str
    via: str
    to: str
    subject: str
    text: str
    language: str
    # An earlier try may have gone through: nobody knows.
    in_doubt: bool = False
    # Seconds after which nobody wants it any more; 0 where that is not known.
    lives: int = 0
    # Where announcements by e-mail can be stopped with one click.
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has it, and answers for it from now on; reports may name `provider_id`."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now. `reason` is a short code for the log: never a text, never a number.

    `in_doubt` where it may have been taken all the same; `after` in seconds, where the gateway
    said how long to wait; `line` where the line is down or full, and not this one text at fault.
    """

    reason: str
    in_doubt: bool = False
    after: int = 0
    line: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """Never: this address does not exist, or is refused.

    `unreachable` where it is certain that nothing will ever reach the address.
    """

    reason: str
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class OptedOut:
    """The operator knows that this number wants nothing from us."""

    reason: str = "opted-out"


Answer = Accepted | Retry | Failed | OptedOut


@dataclass(frozen=True, slots=True)
class Received:
    """A call of a gateway, as it stood on the wire."""

    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Inbound:
    """A text that came in. Without a `provider_id` its words and its second make it one."""

    gateway: str
    provider_id: str
    sender: str
    recipient: str
    text: str
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """How far a text came (a rank of Fate): by our key with its proof, or by the gateway's id."""

    fate: int
    key: str = ""
    proof: str = ""
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """What the gateway wants to hear once its text is stored."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


class NotTold(Exception):  # noqa: N818 - a fact about the line, told upwards as an answer
    """A provider was asked something and gave no answer of use; a short code says why."""


class Gateway:
    """One configured line. `name` is that of its table in the settings."""

    # Takes our key: a send in doubt can be repeated at once.
    keyed = False
    # How many sends may be on the road at once; above 1 it must not touch the database.
    parallel = 1

    def __init__(self, name: str = "", options: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self.options = options or {}

    def send(self, message: Outbound) -> Answer:
        raise NotImplementedError

    def balance(self) -> str:
        """What is left at its provider; "" where it is not to be asked. Raises NotTold."""
        return ""

    def verify(self, received: Received) -> bool:
        """Whether the caller is this gateway (constant time)."""
        return False

    def parse_inbound(self, received: Received) -> list[Inbound]:
        return []

    def parse_report(self, received: Received) -> list[StatusUpdate]:
        return []

    def ack(self) -> Ack:
        return Ack()
