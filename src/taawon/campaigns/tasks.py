"""What the clock does for campaigns."""

from __future__ import annotations

from taawon.campaigns.services import feeding, keeping, running
from taawon.journal.clock import every


@every(seconds=2)
def feed() -> None:
    feeding.feed_all()


@every(seconds=10)
def take_back_late() -> None:
    running.take_back_late()


@every(seconds=60 * 60)
def keep_totals() -> None:
    keeping.keep_totals()
