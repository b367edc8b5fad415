"""What the clock does for accounts."""

from __future__ import annotations

from taawon.accounts.services import codes, sessions
from taawon.journal.clock import every


@every(seconds=60 * 60)
def prune_codes() -> None:
    codes.prune_codes()


@every(seconds=24 * 60 * 60)
def prune_sessions() -> None:
    sessions.prune()
