"""What the floors above can hear from this room."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearchEvent(Event):
    saved_id: int

    @property
    def subject(self) -> str:
        return f"search.saved:{self.saved_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSaved(SavedSearchEvent):
    name = "search-saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDropped(SavedSearchEvent):
    name = "search-dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SomethingNewFits(SavedSearchEvent):
    """`count` documents came since the person was last told; `day` is when (ISO)."""

    name = "something-new-fits"
    count: int
    day: str
