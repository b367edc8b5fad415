"""What somebody agreed to receive, and what they stopped. A stop counts from its second on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from taawon.messaging.models import Recipient


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


def may_announce(phone: str) -> bool:
    agreed = Recipient.objects.filter(phone=phone, agreed_at__isnull=False)
    return agreed.filter(stopped_at__isnull=True, stopped_all_at__isnull=True).exists()


def forget(phone: str) -> None:
    Recipient.objects.filter(phone=phone).delete()


def _row(phone: str) -> Recipient:
    Recipient.objects.bulk_create([Recipient(phone=phone)], ignore_conflicts=True)
    return Recipient.objects.select_for_update(of=("self",), no_key=True).get(phone=phone)
