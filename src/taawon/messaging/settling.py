"""What is written down of a message once a gateway has answered, or a report has come."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from taawon.messaging import consent, lines, reports, routing
from taawon.messaging.gateways import Accepted, Answer, Failed, OptedOut, Retry, routes
from taawon.messaging.models import Lane, Message

log = logging.getLogger(__name__)
MOST_TRIES = 8
LONGEST_WAIT = 3600  # seconds
State = Message.State


def settle(name: str, batch: Sequence[Message], answers: Sequence[Answer]) -> None:
    """Write down a batch of a line and its answers, one for each message."""
    pairs = list(zip(batch, answers, strict=True))
    taken = [(message, answer) for message, answer in pairs if isinstance(answer, Accepted)]
    _taken(name, taken)
    for message, answer in pairs:
        if not isinstance(answer, Accepted):
            settle_one(message, answer)
    troubles = [one for one in answers if isinstance(one, Retry) and one.line]
    if taken:
        lines.worked(name)
    elif troubles:
        trouble = troubles[0]
        if lines.failed(name, trouble.reason, max(one.after for one in troubles)):
            routing.find_other_ways(name)


def settle_one(message: Message, answer: Failed | OptedOut | Retry) -> None:
    """Write down that a message was not taken."""
    tries = message.tries + 1
    log.warning("Message %d was not taken (try %d): %s", message.pk, tries, answer.reason)
    ours = Message.objects.filter(pk=message.pk, state=State.SENDING, claim=message.claim)
    if isinstance(answer, OptedOut):
        consent.stop(message.to)
    if isinstance(answer, Failed) and answer.unreachable:
        consent.count_delivery(message.to, arrived=False)
    if not isinstance(answer, Retry) or _is_enough(message, answer, tries):
        doubt = message.in_doubt or (isinstance(answer, Retry) and answer.in_doubt)
        ours.update(
            state=State.FAILED, tries=tries, claim="", trouble=answer.reason[:40], in_doubt=doubt
        )
        drop_codes([message.pk])
        return
    wait = max(min(15 * 2 ** min(tries, 10), LONGEST_WAIT), answer.after)
    if answer.in_doubt and not routes.gateway(message.gateway).keyed:
        # Its report may still come, and then it is not sent again.
        wait = max(wait, settings.LOST_AFTER_SECONDS)
    ours.update(
        state=State.QUEUED,
        tries=tries,
        claimed_at=None,
        claim="",
        trouble=answer.reason[:40],
        not_before=timezone.now() + timedelta(seconds=wait),
        in_doubt=message.in_doubt or answer.in_doubt,
    )


def _is_enough(message: Message, answer: Retry, tries: int) -> bool:
    """A line that is down for an hour is no fault of a text: that one ends with its own time."""
    return tries >= MOST_TRIES and not (answer.line and message.valid_until)


def _taken(name: str, taken: Sequence[tuple[Message, Accepted]]) -> None:
    """Also what took so long that it was queued again meanwhile: it did arrive."""
    if not taken:
        return
    ids = [message.pk for message, _ in taken]
    route = routes.named(name)
    price = route.centimes_a_segment if route else 0
    for message, answer in taken:
        if answer.provider_id:
            Message.objects.filter(pk=message.pk).update(provider_id=answer.provider_id[:64])
    Message.objects.filter(pk__in=ids, state__in=Message.UNSETTLED).update(
        state=State.SENT,
        sent_at=timezone.now(),
        tries=F("tries") + 1,
        centimes=F("centimes") + F("segments") * price,
        claim="",
        trouble="",
    )
    if name == routes.EMAIL:
        # No report will come: what the server took is all that is known.
        consent.reached({message.to for message, _ in taken})
    drop_codes([message.pk for message, _ in taken if message.lane == Lane.CODE])
    reports.take_parked(name, [answer.provider_id for _, answer in taken if answer.provider_id])


def drop_codes(ids: Sequence[int]) -> None:
    """A code is not kept once it has left."""
    if ids:
        Message.objects.filter(pk__in=ids, lane=Lane.CODE, state__in=Message.SETTLED).update(
            text=""
        )
