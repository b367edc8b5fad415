"""What is old is erased: words and numbers first, what a text cost a year later.

docs/operate.md says what is kept for how long.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from taawon.core import batches
from taawon.messaging import consent
from taawon.messaging.models import (
    ConsoleMessage,
    InboundText,
    Message,
    ParkedReport,
    Recipient,
)

# Thirteen months: what each month cost a cooperative can be compared with the same of last year.
COSTS_KEPT = timedelta(days=396)
State = Message.State


def prune() -> int:
    """Erase what is older than the settings say, a batch at a time; how many messages were blanked.

    A consent and a stop stay: they are the proof.
    """
    now = timezone.now()
    before = now - timedelta(days=settings.TEXTS_KEPT_DAYS)
    batches.delete(ConsoleMessage.objects.filter(sent_at__lt=before), by="pk")
    batches.delete(InboundText.objects.filter(received_at__lt=before), by="received_at")
    batches.delete(ParkedReport.objects.filter(received_at__lt=before), by="pk")
    failing = Recipient.objects.filter(consent.NOTHING_SAID, failures__gt=0, failed_at__lt=before)
    batches.delete(failing.exclude(suppressed_until__gt=now), by="failed_at")
    _give_up(before)
    blanked = _blank(before)
    _drop_costs(min(before, now - COSTS_KEPT))
    return blanked


def _give_up(before: datetime) -> None:
    """What waited for so long is not wanted by anybody."""
    waiting = Message.objects.filter(state__in=Message.UNSETTLED, queued_at__lt=before).exclude(
        valid_until__gt=timezone.now()
    )
    batches.in_batches(
        waiting,
        lambda batch: batch.update(state=State.FAILED, claim="", trouble="expired"),
        by="queued_at",
    )


def _blank(before: datetime) -> int:
    old = Message.objects.filter(state__in=Message.SETTLED, queued_at__lt=before).exclude(to="")
    return batches.in_batches(
        old,
        lambda batch: batch.update(to="", text="", subject="", provider_id=""),
        by="queued_at",
    )


def _drop_costs(before: datetime) -> None:
    """Until then a row without words and number says what was sent for whom, and what it cost."""
    settled = Message.objects.filter(state__in=Message.SETTLED, queued_at__lt=before)
    batches.delete(settled, by="queued_at")
