"""What somebody agreed to receive, and what they stopped. A stop counts from its second on.

It is asked by where a message goes: a phone (E.164) or an e-mail address.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from taawon.core.prepared import Prepared
from taawon.messaging.models import Lane, Recipient

# An address that cannot be reached so often in a row is left alone for a month.
MOST_FAILURES = 3
SUPPRESSED_FOR = timedelta(days=30)
# Such a row says nothing but that an address was not reached.
NOTHING_SAID = Q(agreed_at=None, stopped_at=None, stopped_all_at=None)


@dataclass(frozen=True, slots=True)
class Held:
    """What some phones and mailboxes may receive at this second."""

    agreed: frozenset[str]
    stopped: frozenset[str]
    stopped_all: frozenset[str]
    suppressed: frozenset[str]

    def reason_against(self, to: str, lane: Lane) -> str:
        """Why a message in this lane is not sent there; "" where it is."""
        if lane in (Lane.CODE, Lane.REPLY):
            return ""  # Somebody is waiting for it.
        if to in self.stopped_all:
            return "stopped"
        if lane == Lane.CAMPAIGN and (to in self.stopped or to not in self.agreed):
            return "stopped"
        return "suppressed" if to in self.suppressed else ""


@transaction.atomic
def agree(to: str, source: str) -> None:
    """Announcements may come; `source` says where it was said: "sms", "web", "paper"."""
    row = _row(to)
    row.agreed_at, row.agreed_by = timezone.now(), source
    # Said after a stop, it takes the stop back.
    row.stopped_at = row.stopped_all_at = None
    row.save()


@transaction.atomic
def stop(to: str, *, everything: bool = False) -> None:
    """No announcements; with `everything` no news of orders. Codes and answers still come."""
    row = _row(to)
    row.stopped_at = timezone.now()
    if everything:
        row.stopped_all_at = row.stopped_at
    row.save()


@transaction.atomic
def resume(to: str) -> None:
    """News of orders come again; announcements where they were agreed to by this text."""
    row = _row(to)
    row.stopped_all_at = None
    row.stopped_at = None
    row.agreed_at, row.agreed_by = timezone.now(), "sms"
    row.save()


def stopped_all(to: str) -> bool:
    return Recipient.objects.filter(to=to, stopped_all_at__isnull=False).exists()


def of(to: str) -> Recipient | None:
    """What is on record of a phone (E.164) or an e-mail address."""
    return Recipient.objects.filter(to=to).first()


def may_announce(to: str) -> bool:
    row = of(to)
    return row is not None and row.takes_announcements


def held(addresses: Collection[str]) -> Held:
    """What is held against sending to some addresses; one query."""
    now = timezone.now()
    rows = list(Recipient.objects.filter(to__in=addresses))
    return Held(
        agreed=frozenset(row.to for row in rows if row.agreed_at),
        stopped=frozenset(row.to for row in rows if row.stopped_at),
        stopped_all=frozenset(row.to for row in rows if row.stopped_all_at),
        suppressed=frozenset(
            row.to for row in rows if row.suppressed_until and row.suppressed_until > now
        ),
    )


def count_delivery(to: str, *, arrived: bool) -> None:
    """What became of a message: the last one in a row of failures suppresses its address."""
    if arrived:
        if _failed_before(to):
            reached([to])
        return
    known = Recipient.objects.filter(to=to)
    Recipient.objects.bulk_create([Recipient(to=to)], ignore_conflicts=True)
    now = timezone.now()
    known.update(failures=F("failures") + 1, failed_at=now)
    until = now + SUPPRESSED_FOR
    known.filter(failures__gte=MOST_FAILURES).update(suppressed_until=until)


# Asked for every report: hardly any address has failed.
_failed_before = Prepared(lambda to: Recipient.objects.filter(to=to, failures__gt=0).values("pk"))


def reached(addresses: Collection[str]) -> None:
    """Something arrived there: earlier failures count no more."""
    known = Recipient.objects.filter(to__in=addresses)
    again = {"failures": 0, "failed_at": None, "suppressed_until": None}
    if known.exclude(failures=0).update(**again):
        known.filter(NOTHING_SAID, failures=0).delete()


def suppressed_until(to: str) -> datetime | None:
    """Until when an address that could not be reached is left alone; None where it is not."""
    known = Recipient.objects.filter(to=to, suppressed_until__gt=timezone.now())
    return known.values_list("suppressed_until", flat=True).first()


def forget(to: str) -> None:
    Recipient.objects.filter(to=to).delete()


def _row(to: str) -> Recipient:
    Recipient.objects.bulk_create([Recipient(to=to)], ignore_conflicts=True)
    return Recipient.objects.select_for_update(of=("self",), no_key=True).get(to=to)
