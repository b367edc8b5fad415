"""The audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from taawon.journal.models import Entry, PeriodicJob


def of_subject(subject: str) -> QuerySet[Entry]:
    """All that happened to a thing ("orders.order:12"), newest first."""
    return Entry.objects.filter(subject=subject).order_by("-pk")


def of_subjects(subjects: Iterable[str]) -> QuerySet[Entry]:
    """All that happened to any of these things, newest first."""
    return Entry.objects.filter(subject__in=list(subjects)).order_by("-pk")


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


def undelivered() -> QuerySet[Entry]:
    """Lines that some listener still has to be told of."""
    return Entry.objects.filter(deliver_at__isnull=False)


def waiting() -> int:
    return undelivered().count()


def latest(most: int, *, person_id: int | None = None) -> list[Entry]:
    """The last lines; of one person alone where it is given."""
    found = Entry.objects.order_by("-pk")
    return list((found.filter(person_id=person_id) if person_id else found)[:most])


def search(
    *,
    subject: str = "",
    person_id: int | None = None,
    channel: str = "",
    name: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> QuerySet[Entry]:
    """Lines that fit all that is given, newest first, read through an index.

    Give a subject, a person or a day, or the whole journal is walked through. Days are Morocco's,
    both included; `before` is the id that the last page ended with.
    """
    found = Entry.objects.order_by(
        *(("-pk",) if subject or person_id is not None else ("-happened_at", "-pk"))
    )
    where: dict[str, object] = {
        "subject": subject or None,
        "person_id": person_id,
        "channel": channel or None,
        "name": name or None,
        "happened_at__gte": _start(since) if since else None,
        "happened_at__lt": _start(until + timedelta(days=1)) if until else None,
        "pk__lt": before,
    }
    return found.filter(**{key: value for key, value in where.items() if value is not None})


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
