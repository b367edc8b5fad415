"""What somebody agreed to receive, and what they stopped. A stop counts from its second on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from taawon.messaging.models import Lane, Recipient

# A number that the operator cannot reach so often in a row is left alone for a month.
MOST_FAILURES = 3
SUPPRESSED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Held:
    """What some phones may receive at this second."""

    agreed: frozenset[str]
    stopped: frozenset[str]
    stopped_all: frozenset[str]
    suppressed: frozenset[str]

    def reason_against(self, to: str, lane: Lane) -> str:
        """Why a text in this lane is not sent to a phone; "" where it is."""
        if lane in (Lane.CODE, Lane.REPLY):
            return ""  # Somebody is waiting for it.
        if to in self.stopped_all:
            return "stopped"
        if lane == Lane.CAMPAIGN and (to in self.stopped or to not in self.agreed):
            return "stopped"
        return "suppressed" if to in self.suppressed else ""


@transaction.atomic
def agree(phone: str, source: str) -> None:
    """Announcements may come; `source` says where it was said: "sms", "web", "paper"."""
    row = _row(phone)
    row.agreed_at, row.agreed_by, row.stopped_at = timezone.now(), source, None
    row.save()


@transaction.atomic
def stop(phone: str, *, everything: bool = False) -> None:
    """No announcements; with `everything` no news of orders. Codes and answers still come."""
    row = _row(phone)
    row.stopped_at = timezone.now()
    if everything:
        row.stopped_all_at = row.stopped_at
    row.save()


@transaction.atomic
def resume(phone: str) -> None:
    """News of orders come again; announcements where they were agreed to by this text."""
    row = _row(phone)
    row.stopped_all_at = None
    row.stopped_at = None
    row.agreed_at, row.agreed_by = timezone.now(), "sms"
    row.save()


def stopped_all(phone: str) -> bool:
    return Recipient.objects.filter(phone=phone, stopped_all_at__isnull=False).exists()


def of(phone: str) -> Recipient | None:
    """What is on record of a phone (E.164)."""
    return Recipient.objects.filter(phone=phone).first()


def may_announce(phone: str) -> bool:
    agreed = Recipient.objects.filter(phone=phone, agreed_at__isnull=False)
    return agreed.filter(stopped_at__isnull=True, stopped_all_at__isnull=True).exists()


def held(phones: Collection[str]) -> Held:
    """What is held against sending to some phones; one query."""
    now = timezone.now()
    rows = list(Recipient.objects.filter(phone__in=phones))
    return Held(
        agreed=frozenset(row.phone for row in rows if row.agreed_at),
        stopped=frozenset(row.phone for row in rows if row.stopped_at),
        stopped_all=frozenset(row.phone for row in rows if row.stopped_all_at),
        suppressed=frozenset(
            row.phone for row in rows if row.suppressed_until and row.suppressed_until > now
        ),
    )


def count_delivery(phone: str, *, arrived: bool) -> None:
    """A report of the operator: the last one in a row of failures suppresses a number."""
    known = Recipient.objects.filter(phone=phone)
    if arrived:
        known.exclude(failures=0).update(failures=0, suppressed_until=None)
        return
    Recipient.objects.bulk_create([Recipient(phone=phone)], ignore_conflicts=True)
    known.update(failures=F("failures") + 1)
    until = timezone.now() + SUPPRESSED_FOR
    known.filter(failures__gte=MOST_FAILURES).update(suppressed_until=until)


def forget(phone: str) -> None:
    Recipient.objects.filter(phone=phone).delete()


def _row(phone: str) -> Recipient:
    Recipient.objects.bulk_create([Recipient(phone=phone)], ignore_conflicts=True)
    return Recipient.objects.select_for_update(of=("self",), no_key=True).get(phone=phone)
