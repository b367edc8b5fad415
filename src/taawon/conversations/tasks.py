"""What the clock does for conversations."""

from __future__ import annotations

from taawon.conversations.services import pruning
from taawon.journal.clock import every


@every(seconds=24 * 60 * 60)
def prune() -> None:
    pruning.prune()
