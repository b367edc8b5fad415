"""What became of a text, as the operator's centre tells it. Its rank only rises."""

from __future__ import annotations

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from taawon.messaging.models import Fate, Message


def token(key: str) -> str:
    """Stands in the address of a report, so that nobody else can write one."""
    return salted_hmac("taawon.messaging.reports", key, algorithm="sha256").hexdigest()[:24]


def note(key: str, shown: str, fate: Fate) -> bool:
    """Raise the rank of a text's report; whether the report is ours.

    It may come before the send is settled, twice, or in the wrong order.
    """
    if not constant_time_compare(token(key), shown):
        return False
    lower = Message.objects.filter(key=key, fate__lt=fate)
    lower.update(fate=fate, reported_at=timezone.now())
    if fate in (Fate.ACCEPTED, Fate.DELIVERED):
        # It did leave, whatever our own row says: a send in doubt is not sent again.
        waiting = [Message.State.QUEUED, Message.State.SENDING]
        doubtful = Message.objects.filter(key=key, state__in=waiting)
        doubtful.update(state=Message.State.SENT, sent_at=timezone.now())
    return True
