"""Talks of long ago are forgotten: phones and words, not that somebody was called back."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from taawon.conversations.models import Dialogue, Ticket, Unclear
from taawon.conversations.states import TicketState
from taawon.core import batches


def prune() -> None:
    """What is older than TAAWON_TEXTS_KEPT_DAYS, a batch at a time. A call that is open stays."""
    before = timezone.now() - timedelta(days=settings.TEXTS_KEPT_DAYS)
    batches.delete(Dialogue.objects.filter(heard_at__lt=before), by="heard_at")
    batches.delete(Unclear.objects.filter(heard_at__lt=before), by="heard_at")
    closed = Ticket.objects.filter(state=TicketState.CLOSED, closed_at__lt=before)
    batches.in_batches(
        closed.exclude(phone=""),
        lambda batch: batch.update(phone="", words=""),
        by="closed_at",
    )
