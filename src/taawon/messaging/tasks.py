"""What the clock does for messages: what a crash left, and what failed and is due again."""

from __future__ import annotations

from taawon.journal.clock import every
from taawon.messaging import balances, inbox, pruning, routing, sending


@every(seconds=1)
def sweep() -> None:
    """Once a second: a line with a rate is filled by it."""
    sending.send_pending()


@every(seconds=30)
def find_lost() -> None:
    sending.requeue_lost()


@every(seconds=15)
def find_other_ways() -> None:
    routing.tidy()


@every(seconds=15)
def join_old_parts() -> None:
    inbox.join_what_stays_incomplete()


@every(seconds=24 * 60 * 60)
def prune() -> None:
    pruning.prune()


@every(seconds=15 * 60)
def ask_balances() -> None:
    balances.ask()
