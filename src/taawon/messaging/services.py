"""What others ask of this room: a message queued once, queued again, forgotten.

How it is carried stands in `sending`. Neither texts nor numbers are ever logged.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks import task

from taawon.core.prepared import insert
from taawon.messaging import consent, routing, sending
from taawon.messaging.gateways.routes import EMAIL
from taawon.messaging.models import (
    ConsoleMessage,
    InboundPart,
    InboundText,
    Lane,
    Message,
)
from taawon.messaging.rules import plain, segments

Via = Message.Via
# How long somebody still wants it.
LIVES = {
    Lane.CODE: timedelta(minutes=5),
    Lane.REPLY: timedelta(days=1),
    Lane.ORDER: timedelta(days=3),
    Lane.CAMPAIGN: timedelta(days=2),
}


def queue(
    to: str,
    text: str,
    *,
    key: str,
    lane: Lane = Lane.ORDER,
    via: Message.Via = Via.SMS,
    subject: str = "",
    language: str = "fr",
    cooperative_id: int | None = None,
    valid_until: datetime | None = None,
) -> Message:
    """Queue a message once, in the caller's transaction: the key makes a second telling harmless.

    `to` is a phone (E.164) or an e-mail address, as `via` says; `language` the one of the text;
    `cooperative_id` the one in whose name it is sent, which its cost is counted for.
    """
    now = timezone.now()
    text = plain(text) if via == Via.SMS else text
    message = Message(
        key=key,
        to=to,
        text=text,
        lane=lane,
        via=via,
        subject=subject[:120],
        language=language,
        segments=segments(text) if via == Via.SMS else 0,
        queued_at=now,
        not_before=now,
        gateway=routing.choose(to) if via == Via.SMS else EMAIL,
        cooperative_id=cooperative_id,
        valid_until=valid_until or now + LIVES[lane],
    )
    try:
        # Nearly everything is told once: it is written without a look.
        with transaction.atomic():
            insert([message])
    except IntegrityError:
        return Message.objects.get(key=key)
    nudge()
    return message


def retry(message_id: int) -> bool:
    """Queue a failed message again, with all its tries; False where there is none to send.

    A code has had its time, and a campaign is stopped or goes on as a whole.
    """
    failed = Message.objects.filter(pk=message_id, state=Message.State.FAILED).exclude(text="")
    message = failed.exclude(lane__in=(Lane.CODE, Lane.CAMPAIGN)).first()
    if message is None:
        return False
    now = timezone.now()
    queued = failed.update(
        state=Message.State.QUEUED,
        tries=0,
        claimed_at=None,
        claim="",
        trouble="",
        not_before=now,
        gateway=routing.choose(message.to) if message.via == Via.SMS else EMAIL,
        valid_until=now + LIVES[Lane(message.lane)],
    )
    if queued:
        nudge()
    return bool(queued)


@transaction.atomic
def forget(to: str) -> None:
    """Blank what was ever sent to an address, and do not send what still waits."""
    theirs = Message.objects.filter(to=to)
    theirs.filter(state=Message.State.QUEUED).update(state=Message.State.FAILED)
    theirs.update(to="", text="", subject="")
    ConsoleMessage.objects.filter(to=to).delete()
    InboundText.objects.filter(sender=to).update(sender="", text="")
    InboundPart.objects.filter(sender=to).delete()
    consent.forget(to)


def forget_codes(to: str) -> None:
    """Take an address out of the codes that were sent to it."""
    Message.objects.filter(to=to, lane=Lane.CODE, state__in=Message.SETTLED).update(to="")
    ConsoleMessage.objects.filter(to=to).delete()


@task()
def carry() -> None:
    """The nudge. The state is in our rows: a killed worker loses nothing."""
    sending.send_pending()


def nudge() -> None:
    """Wake a worker, once a transaction; a savepoint rolled back drops mark and nudge together."""
    if not any(mark[1] is _nudged for mark in connection.run_on_commit):
        transaction.on_commit(_nudged)
        carry.enqueue()


def _nudged() -> None:
    """The mark of a transaction that has nudged a worker."""
