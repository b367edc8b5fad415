"""The audit trail."""

from __future__ import annotations

from django.db.models import QuerySet

from taawon.journal.models import Entry


def of_subject(subject: str) -> QuerySet[Entry]:
    """All that happened to a thing ("orders.order:12"), newest first."""
    return Entry.objects.filter(subject=subject).order_by("-pk")


def on_behalf_of(cooperative_id: int) -> QuerySet[Entry]:
    """What the national team did in a cooperative's name, newest first."""
    return Entry.objects.filter(for_cooperative=cooperative_id).order_by("-pk")


def waiting() -> int:
    return Entry.objects.filter(deliver_at__isnull=False).count()
