"""What can be read of messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils import timezone

from taawon.messaging import rules
from taawon.messaging.models import ConsoleMessage, InboundText, Message


@dataclass(frozen=True, slots=True)
class PhoneText:
    """A text on the screen of a phone that the console serves: it received it, or sent it."""

    id: int
    at: datetime
    text: str
    received: bool
    # Of one that it sent: a state of InboundText.
    state: str = ""

    @property
    def is_ignored(self) -> bool:
        """Left without an answer: too many came within an hour."""
        return self.state == InboundText.State.IGNORED

    @property
    def is_handled(self) -> bool:
        return self.state == InboundText.State.HANDLED

    @property
    def segments(self) -> int:
        return rules.segments(self.text)

    @property
    def taken(self) -> int:
        return rules.room(self.text)[0]

    @property
    def room(self) -> int:
        return rules.room(self.text)[1]

    @property
    def is_of_today(self) -> bool:
        return timezone.localdate(self.at) == timezone.localdate()


def console(limit: int, to: str | None = None, before: int | None = None) -> list[ConsoleMessage]:
    """What the console gateway delivered, newest first; `to` a phone (E.164) or an e-mail,
    `before` the id of the last one that was seen."""
    shown = ConsoleMessage.objects.order_by("-pk")
    if to:
        shown = shown.filter(to=to)
    return list((shown.filter(pk__lt=before) if before else shown)[:limit])


def screen(phone: str, gateway: str, most: int) -> list[PhoneText]:
    """The last texts that the console brought to a phone (E.164), and that the phone sent by this
    gateway, in the order of time; two queries."""
    came = ConsoleMessage.objects.filter(to=phone, via=Message.Via.SMS).order_by("-pk")
    went = InboundText.objects.filter(sender=phone, gateway=gateway).order_by("-pk")
    texts = [PhoneText(row.pk, row.sent_at, row.text, received=True) for row in came[:most]]
    texts += [
        PhoneText(row.pk, row.received_at, row.text, received=False, state=row.state)
        for row in went[:most]
    ]
    # An answer of the same instant stands below its question.
    return sorted(texts, key=lambda one: (one.at, one.received, one.id))[-most:]


def queue_age_seconds() -> int:
    """How long the oldest message that could be sent has been waiting; 0 when none waits."""
    now = timezone.now()
    waiting = Message.objects.filter(state=Message.State.QUEUED, not_before__lte=now)
    oldest = waiting.aggregate(oldest=Min("not_before"))["oldest"]
    return int((now - oldest).total_seconds()) if oldest else 0


def of_phone(phone: str) -> QuerySet[Message]:
    """What was sent to a phone (E.164), newest first. The text of a code that has left is blank."""
    return Message.objects.filter(to=phone).order_by("-pk")


def of_addresses(addresses: Iterable[str]) -> QuerySet[Message]:
    """What was sent to any of these phones (E.164) and e-mail addresses, newest first."""
    return Message.objects.filter(to__in=list(addresses)).order_by("-pk")


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
