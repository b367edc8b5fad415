from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotTaken(Event):
    name = "snapshot-taken"
    snapshot_id: int
    month: str
    sha256: str

    @property
    def subject(self) -> str:
        return f"observatory.snapshot:{self.snapshot_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadAsked(Event):
    name = "download-asked"
    download_id: int
    form: str

    @property
    def subject(self) -> str:
        return f"observatory.download:{self.download_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadMade(Event):
    name = "download-made"
    download_id: int
    rows: int

    @property
    def subject(self) -> str:
        return f"observatory.download:{self.download_id}"
