"""Carry the lines of the journal to whoever listens upstairs."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from taawon.core.locks import lock
from taawon.journal import listeners
from taawon.journal.models import Delivery, Entry

log = logging.getLogger(__name__)
MOST_TRIES = 12
BATCH = 200


def deliver_pending() -> int:
    """Deliver what is due, oldest first; how many entries were looked at."""
    due = Entry.objects.filter(deliver_at__lte=timezone.now()).order_by("deliver_at", "pk")
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    for entry_id in ids:
        deliver(entry_id)
    return len(ids)


def deliver(entry_id: int) -> None:
    """Tell every listener that was not told yet; one that fails holds back no other."""
    entry = Entry.objects.get(pk=entry_id)
    failed = 0
    for address in listeners.of(entry.name):
        tries = _tell(entry, address)
        failed = max(failed, tries)
    again = timezone.now() + timedelta(seconds=min(5 * 2**failed, 3600)) if failed else None
    Entry.objects.filter(pk=entry_id, deliver_at__isnull=False).update(deliver_at=again)


def _tell(entry: Entry, address: str) -> int:
    """The number of failed tries so far that call for another; 0 when told or given up."""
    Delivery.objects.bulk_create([Delivery(entry=entry, listener=address)], ignore_conflicts=True)
    try:
        with transaction.atomic():
            delivery = lock(Delivery, entry_id=entry.pk, listener=address)
            if delivery.done_at or delivery.given_up_at:
                return 0
            listeners.of(entry.name)[address](listeners.event(entry.name, entry.facts))
            delivery.done_at = timezone.now()
            delivery.save(update_fields=["done_at"])
    except Exception:
        log.exception("A listener failed: %s for entry %d", address, entry.pk)
        return _failed(entry, address)
    return 0


@transaction.atomic
def _failed(entry: Entry, address: str) -> int:
    delivery = lock(Delivery, entry_id=entry.pk, listener=address)
    delivery.tries += 1
    if delivery.tries >= MOST_TRIES:
        delivery.given_up_at = timezone.now()
    delivery.save(update_fields=["tries", "given_up_at"])
    return 0 if delivery.given_up_at else delivery.tries
