"""The audit trail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from taawon.journal.models import Entry, PeriodicJob


def of_subject(subject: str) -> QuerySet[Entry]:
    """All that happened to a thing ("orders.order:12"), newest first."""
    return Entry.objects.filter(subject=subject).order_by("-pk")


def on_behalf_of(cooperative_id: int) -> QuerySet[Entry]:
    """What the national team did in a cooperative's name, newest first."""
    return Entry.objects.filter(for_cooperative=cooperative_id).order_by("-pk")


def oldest_due() -> datetime | None:
    """Since when the oldest entry that could be delivered waits; None when none does."""
    due = Entry.objects.filter(deliver_at__lte=timezone.now())
    return due.order_by("deliver_at").values_list("deliver_at", flat=True).first()


def clock_ran() -> bool:
    """Whether a worker has run the clock within the last half minute."""
    late = timezone.now() - timedelta(seconds=30)
    return PeriodicJob.objects.filter(next_at__gte=late, name__endswith=".sweep").exists()


def waiting() -> int:
    return Entry.objects.filter(deliver_at__isnull=False).count()
