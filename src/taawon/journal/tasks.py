"""Nudges: the state is in our rows, so that a killed worker loses nothing."""

from __future__ import annotations

from django_tasks import task

from taawon.journal import deliver
from taawon.journal.clock import every


@task()
def deliver_pending() -> None:
    deliver.deliver_pending()


@every(seconds=2)
def sweep() -> None:
    """What a crash left, and what failed and is due again."""
    deliver.deliver_pending()
