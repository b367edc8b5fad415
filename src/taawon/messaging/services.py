"""What happens to a message: queued once, claimed, carried, settled.

A message that was claimed and never settled (its worker died) is sent again and marked in doubt.
Neither texts nor numbers are ever logged.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from taawon.messaging import consent, gateways
from taawon.messaging.gateways import Accepted, Answer, Failed, Outbound, Retry
from taawon.messaging.models import ConsoleMessage, InboundText, Lane, Message
from taawon.messaging.rules import plain, segments

log = logging.getLogger(__name__)
Via = Message.Via
MOST_TRIES = 8
BATCH = 20
CODE_LIVES = timedelta(minutes=5)
KEPT_FOR = timedelta(days=90)
_UNSETTLED = (Message.State.QUEUED, Message.State.SENDING)
_SETTLED = (Message.State.SENT, Message.State.FAILED)


def queue(
    to: str,
    text: str,
    *,
    key: str,
    lane: Lane = Lane.ORDER,
    via: Message.Via = Via.SMS,
    subject: str = "",
    language: str = "fr",
) -> Message:
    """Queue a message once, in the caller's transaction: the key makes a second telling harmless.

    `to` is a phone (E.164) or an e-mail address, as `via` says; `language` the one of the text.
    """
    now = timezone.now()
    text = plain(text) if via == Via.SMS else text
    message, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "text": text,
            "lane": lane,
            "via": via,
            "subject": subject[:120],
            "language": language,
            "segments": segments(text) if via == Via.SMS else 0,
            "queued_at": now,
            "not_before": now,
        },
    )
    if new:
        _nudge()
    return message


def send(message_id: int) -> None:
    """Claim, carry, settle. No transaction is open here while the gateway is on the road."""
    now = timezone.now()
    waiting = Message.objects.filter(pk=message_id, state=Message.State.QUEUED, not_before__lte=now)
    if not waiting.update(state=Message.State.SENDING, claimed_at=now):
        return  # Another worker was faster, or it is not due.
    message = Message.objects.get(pk=message_id)
    if message.lane == Lane.CODE and message.queued_at < now - CODE_LIVES:
        _settle(message, Failed("code-expired"))
        return
    if message.lane == Lane.ORDER and message.via == Via.SMS and consent.stopped_all(message.to):
        _settle(message, Failed("stopped"))
        return
    _settle(message, _carry(message))


def send_pending() -> int:
    """Send all that is due, codes first; how many were tried."""
    tried = 0
    while ids := _due():
        for message_id in ids:
            send(message_id)
        tried += len(ids)
    return tried


def requeue_lost() -> int:
    """Queue again what was claimed long ago and never settled; how many. They are in doubt."""
    long_ago = timezone.now() - timedelta(seconds=settings.LOST_AFTER_SECONDS)
    lost = Message.objects.filter(state=Message.State.SENDING, claimed_at__lt=long_ago)
    lost.filter(tries__gte=MOST_TRIES - 1).update(state=Message.State.FAILED, in_doubt=True)
    return lost.update(
        state=Message.State.QUEUED,
        tries=F("tries") + 1,
        in_doubt=True,
        claimed_at=None,
        not_before=timezone.now(),
    )


def retry(message_id: int) -> bool:
    """Queue a failed message again, with all its tries; False where there is none to send."""
    failed = Message.objects.filter(pk=message_id, state=Message.State.FAILED).exclude(text="")
    queued = failed.exclude(lane=Lane.CODE).update(
        state=Message.State.QUEUED, tries=0, claimed_at=None, not_before=timezone.now()
    )
    if queued:
        _nudge()
    return bool(queued)


@transaction.atomic
def forget(to: str) -> None:
    """Blank what was ever sent to an address, and do not send what still waits."""
    theirs = Message.objects.filter(to=to)
    theirs.filter(state=Message.State.QUEUED).update(state=Message.State.FAILED)
    theirs.update(to="", text="", subject="")
    ConsoleMessage.objects.filter(to=to).delete()
    InboundText.objects.filter(sender=to).update(sender="", text="")
    consent.forget(to)


def prune() -> int:
    """Delete what was settled a season ago; how many."""
    before = timezone.now() - KEPT_FOR
    ConsoleMessage.objects.filter(sent_at__lt=before).delete()
    InboundText.objects.filter(received_at__lt=before).delete()
    return Message.objects.filter(state__in=_SETTLED, queued_at__lt=before).delete()[0]


@task()
def carry() -> None:
    """The nudge. The state is in our rows: a killed worker loses nothing."""
    send_pending()


def _due() -> list[int]:
    """Few at a time, so that a code waits for few others."""
    due = Message.objects.filter(state=Message.State.QUEUED, not_before__lte=timezone.now())
    return list(due.order_by("lane", "not_before", "pk").values_list("pk", flat=True)[:BATCH])


def _carry(message: Message) -> Answer:
    """Whatever a gateway raises, its words may hold a number: only the kind of error is logged."""
    outbound = Outbound(
        key=message.key,
        via=message.via,
        to=message.to,
        subject=message.subject,
        text=message.text,
        language=message.language,
        in_doubt=message.in_doubt,
    )
    try:
        return gateways.current(message.via).send(outbound)
    except Exception as error:
        # Nobody knows how far it came.
        Message.objects.filter(pk=message.pk).update(in_doubt=True)
        return Retry(type(error).__name__)


def _settle(message: Message, answer: Answer) -> None:
    if isinstance(answer, Accepted):
        # Also when it took so long that it was queued again meanwhile: it did arrive.
        unsettled = Message.objects.filter(pk=message.pk, state__in=_UNSETTLED)
        unsettled.update(state=Message.State.SENT, sent_at=timezone.now(), tries=F("tries") + 1)
        _drop_code(message)
        return
    tries = message.tries + 1
    log.warning("Message %d was not taken (try %d): %s", message.pk, tries, answer.reason)
    ours = Message.objects.filter(
        pk=message.pk, state=Message.State.SENDING, claimed_at=message.claimed_at
    )
    if isinstance(answer, Failed) or tries >= MOST_TRIES:
        ours.update(state=Message.State.FAILED, tries=tries)
        _drop_code(message)
    else:
        later = timezone.now() + timedelta(seconds=min(15 * 2**tries, 3600))
        ours.update(state=Message.State.QUEUED, tries=tries, claimed_at=None, not_before=later)


def _drop_code(message: Message) -> None:
    """A code is not kept once it has left."""
    if message.lane == Lane.CODE:
        settled = Message.objects.filter(pk=message.pk, state__in=_SETTLED)
        settled.update(text="")


def _nudge() -> None:
    """Wake a worker, once a transaction; a savepoint rolled back drops mark and nudge together."""
    if not any(mark[1] is _nudged for mark in connection.run_on_commit):
        transaction.on_commit(_nudged)
        carry.enqueue()


def _nudged() -> None:
    """The mark of a transaction that has nudged a worker."""
