"""Write what happened, in the same transaction in which it happens."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from taawon.core.actor import Actor
from taawon.core.prepared import insert
from taawon.journal import listeners
from taawon.journal.events import Event
from taawon.journal.models import Entry
from taawon.journal.tasks import deliver_pending


def record(*events: Event, by: Actor) -> list[Entry]:
    """One row an event; a worker is nudged once a transaction, in the transaction itself."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction in which it happens.")
    now = timezone.now()
    entries = [
        Entry(
            name=event.name,
            subject=event.subject,
            facts=event.facts(),
            person_id=by.person_id,
            channel=by.channel,
            for_cooperative=by.for_cooperative,
            api_key_id=by.api_key_id,
            happened_at=now,
            deliver_at=now if listeners.of(event.name) else None,
        )
        for event in events
    ]
    insert(entries)
    if any(entry.deliver_at for entry in entries):
        _nudge()
    return entries


def _nudge() -> None:
    """A savepoint that is rolled back drops its mark together with its nudge."""
    if not any(mark[1] is _nudged for mark in connection.run_on_commit):
        transaction.on_commit(_nudged)
        deliver_pending.enqueue()


def _nudged() -> None:
    """The mark of a transaction that has nudged a worker."""
