"""What the clock does for the observatory."""

from __future__ import annotations

from taawon.core.actor import Actor
from taawon.journal.clock import every
from taawon.observatory.services import downloads, making, snapshots

HOUR = 60 * 60


@every(seconds=HOUR)
def take_snapshot() -> None:
    """Soon after a month has begun."""
    snapshots.take_due(by=Actor.system())


@every(seconds=15)
def sweep_downloads() -> None:
    """What a killed maker left. Files are made in the queue: the clock has other things to do."""
    making.requeue_lost(by=Actor.system())
    downloads.nudge_again()


@every(seconds=HOUR)
def renew_downloads() -> None:
    downloads.renew(by=Actor.system())


@every(seconds=24 * HOUR)
def prune_downloads() -> None:
    downloads.prune(by=Actor.system())
