"""The shape of an event: a small frozen record of facts, named in the past tense.

Facts are ids, amounts and codes; never names, phones or texts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    name: ClassVar[str]

    @property
    def subject(self) -> str:
        """The thing that it happened to, as "orders.order:12"."""
        raise NotImplementedError

    def facts(self) -> dict[str, Any]:
        return asdict(self)
