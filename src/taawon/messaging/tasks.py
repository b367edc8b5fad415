"""What the clock does for messages: what a crash left, and what failed and is due again."""

from __future__ import annotations

from taawon.journal.clock import every
from taawon.messaging import services


@every(seconds=3)
def sweep() -> None:
    services.send_pending()


@every(seconds=30)
def find_lost() -> None:
    services.requeue_lost()


@every(seconds=24 * 60 * 60)
def prune() -> None:
    services.prune()
