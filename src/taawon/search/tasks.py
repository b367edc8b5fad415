"""What the clock does for search."""

from __future__ import annotations

from taawon.journal.clock import every
from taawon.search import feed


@every(seconds=3600)
def prune_the_feed() -> None:
    feed.prune()
