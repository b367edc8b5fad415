"""What the clock does for search."""

from __future__ import annotations

from taawon.core.actor import Actor
from taawon.journal.clock import every
from taawon.search import feed, saving


@every(seconds=3600)
def prune_the_feed() -> None:
    feed.prune()


@every(seconds=3600)
def look_at_saved_searches() -> None:
    saving.look_for_news(by=Actor.system())
