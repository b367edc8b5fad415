"""Who acts, by which channel, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    WEB = "web"
    API = "api"
    SMS = "sms"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `for_cooperative` is set while the national team runs somebody else's shop."""

    person_id: int | None
    channel: Channel
    for_cooperative: int | None = None
    api_key_id: int | None = None

    @classmethod
    def system(cls) -> Actor:
        return cls(person_id=None, channel=Channel.SYSTEM)
