"""What the clock does for accounts."""

from __future__ import annotations

from taawon.accounts.services import codes
from taawon.journal.clock import every


@every(seconds=60 * 60)
def prune_codes() -> None:
    codes.prune_codes()
