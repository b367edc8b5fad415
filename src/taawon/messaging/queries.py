"""What can be read of messages."""

from __future__ import annotations

from django.db.models import Min, QuerySet
from django.utils import timezone

from taawon.messaging.models import ConsoleMessage, InboundText, Message


def console(limit: int, to: str | None = None) -> list[ConsoleMessage]:
    """What the console gateway delivered, newest first; `to` a phone (E.164) or an e-mail."""
    shown = ConsoleMessage.objects.order_by("-pk")
    return list((shown.filter(to=to) if to else shown)[:limit])


def queue_age_seconds() -> int:
    """How long the oldest message that could be sent has been waiting; 0 when none waits."""
    now = timezone.now()
    waiting = Message.objects.filter(state=Message.State.QUEUED, not_before__lte=now)
    oldest = waiting.aggregate(oldest=Min("not_before"))["oldest"]
    return int((now - oldest).total_seconds()) if oldest else 0


def of_phone(phone: str) -> QuerySet[Message]:
    """What was sent to a phone (E.164), newest first. The text of a code that has left is blank."""
    return Message.objects.filter(to=phone).order_by("-pk")


def in_state(*states: str) -> QuerySet[Message]:
    """Messages in these states, newest first; all of them where none is given."""
    found = Message.objects.order_by("-pk")
    return found.filter(state__in=states) if states else found


def text_of(key: str) -> str:
    """The words of a message; "" where there is none."""
    return Message.objects.filter(key=key).values_list("text", flat=True).first() or ""


def inbound_of(phone: str) -> QuerySet[InboundText]:
    """What came from a phone (E.164), newest first."""
    return InboundText.objects.filter(sender=phone).order_by("-pk")
