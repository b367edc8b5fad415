"""Ways to a phone or a mailbox. One module each; the settings name the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


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


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has it, and answers for it from now on."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now. `reason` is a short code for the log: never a text, never a number."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Never: this address does not exist, or is refused."""

    reason: str


Answer = Accepted | Retry | Failed


@dataclass(frozen=True, slots=True)
class Inbound:
    """A text that came in. Without a `provider_id` its words and its second make it one."""

    gateway: str
    provider_id: str
    sender: str
    recipient: str
    text: str
    sent_at: datetime | None = None


class Gateway(Protocol):
    def send(self, message: Outbound) -> Answer: ...


def current(via: str) -> Gateway:
    """The way that the settings name for "sms" or "email"."""
    name = settings.EMAIL_GATEWAY if via == "email" else settings.SMS_GATEWAY
    gateway: Gateway = import_string(name)()
    return gateway
