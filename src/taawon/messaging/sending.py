"""How a message leaves: claimed, carried, settled, a batch at a time and a line at a time.

A message that was claimed and never settled (its worker died) waits for its report; then it is sent
again and marked in doubt. Neither texts nor numbers are ever logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import accumulate
from threading import Event
from uuid import uuid4

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from taawon.messaging import consent, lines, settling
from taawon.messaging.gateways import Answer, Failed, Gateway, Outbound, Retry, routes
from taawon.messaging.models import Lane, Message
from taawon.messaging.rules import may_announce_at, unsubscribe_address

log = logging.getLogger(__name__)
# Few at a time, so that a code waits for few others.
BATCH = 50
State = Message.State


def send_pending(names: Collection[str] | None = None) -> int:
    """Send all that is due on the lines that a worker carries (or those named); how many."""
    wanted = routes.carried_here() if names is None else names
    return sum(_send_on(name) for name in wanted)


def requeue_lost() -> int:
    """Queue again what was claimed long ago and never settled; how many. They are in doubt."""
    long_ago = timezone.now() - timedelta(seconds=settings.LOST_AFTER_SECONDS)
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lt=long_ago).exclude(to="")
    lost.filter(tries__gte=settling.MOST_TRIES - 1).update(
        state=State.FAILED, in_doubt=True, claim="", trouble="lost"
    )
    return lost.update(
        state=State.QUEUED,
        tries=F("tries") + 1,
        in_doubt=True,
        claimed_at=None,
        claim="",
        not_before=timezone.now(),
    )


def deliver(
    name: str, carry: Callable[[Sequence[Outbound]], Sequence[Answer]], limit: int = BATCH
) -> int:
    """Claim a batch of a line, carry it, settle it; how many were claimed.

    No transaction is open while the gateway is on the road.
    """
    line = lines.of(name)
    if lines.is_resting(line):
        return 0
    batch = _claim(name, 1 if lines.is_probing(line) else limit)
    wanted = _wanted(batch)
    if wanted:
        answers = carry([_outbound(message) for message in wanted])
        settling.settle(name, wanted, answers)
    return len(batch)


def _send_on(name: str) -> int:
    gateway = routes.gateway(name)
    sent = 0
    while claimed := deliver(name, lambda batch: _carry(gateway, batch)):
        sent += claimed
    return sent


def _claim(name: str, limit: int) -> list[Message]:
    """Mark what is due as ours, codes first, as many as the line may carry now."""
    route = routes.named(name)
    # A single text, which a line is tried with, may have several segments.
    granted = lines.take(route, max(limit, lines.SMALLEST_BUCKET)) if route else limit
    due = _due(name, limit) if granted else []
    chosen = _fitting(due, granted) if route and route.segments_a_second else [pk for pk, _ in due]
    if route:
        used = sum(size for _, size in due[: len(chosen)])
        lines.give_back(route, granted - used)
    if not chosen:
        return []
    claim = uuid4().hex
    ours = Message.objects.filter(pk__in=chosen, state=State.QUEUED)
    if not ours.update(state=State.SENDING, claimed_at=timezone.now(), claim=claim):
        return []  # Another worker was faster.
    claimed = Message.objects.filter(claim=claim, state=State.SENDING)
    return list(claimed.order_by("lane", "not_before", "pk"))


def _fitting(due: Sequence[tuple[int, int]], granted: int) -> list[int]:
    """The first of them that fit into so many segments together."""
    totals = accumulate(size for _, size in due)
    return [
        message_id for (message_id, _), total in zip(due, totals, strict=True) if total <= granted
    ]


def _due(name: str, limit: int) -> list[tuple[int, int]]:
    """Number and segments of what waits for a line, in the order in which it goes."""
    now = timezone.now()
    due = Message.objects.filter(gateway=name, state=State.QUEUED, not_before__lte=now)
    if not may_announce_at(now):
        due = due.exclude(lane=Lane.CAMPAIGN)
    rows = due.order_by("lane", "not_before", "pk").values_list("pk", "segments")
    return list(rows[:limit])


def _wanted(batch: Sequence[Message]) -> list[Message]:
    """What still makes sense to send; the rest is settled here, each with its reason."""
    if not batch:
        return []
    now = timezone.now()
    held = consent.held({message.to for message in batch})
    wanted = []
    for message in batch:
        if not message.to:
            reason = "erased"
        elif message.valid_until is not None and message.valid_until <= now:
            reason = "code-expired" if message.lane == Lane.CODE else "expired"
        else:
            reason = held.reason_against(message.to, Lane(message.lane))
        if reason:
            settling.settle_one(message, Failed(reason))
        else:
            wanted.append(message)
    return wanted


def _carry(gateway: Gateway, batch: Sequence[Outbound]) -> list[Answer]:
    """Once the line fails, the rest of the batch is not tried on it."""
    broken = Event()

    def carry(message: Outbound) -> Answer:
        if broken.is_set():
            return Retry("line-down")
        answer = _safely(gateway, message)
        if isinstance(answer, Retry) and answer.line:
            broken.set()
        return answer

    if gateway.parallel == 1 or len(batch) == 1:
        return [carry(message) for message in batch]
    return list(_pool(gateway.parallel).map(carry, batch))


_pools: dict[int, ThreadPoolExecutor] = {}


def _pool(size: int) -> ThreadPoolExecutor:
    """Threads that stay, since their connections to the gateway stay open with them."""
    if size not in _pools:
        _pools[size] = ThreadPoolExecutor(size, thread_name_prefix="carry")
    return _pools[size]


def _safely(gateway: Gateway, message: Outbound) -> Answer:
    """Whatever a gateway raises, its words may hold a number: only the kind of error is kept."""
    try:
        return gateway.send(message)
    except Exception as error:
        # Nobody knows how far it came.
        return Retry(type(error).__name__, in_doubt=True)


def _outbound(message: Message) -> Outbound:
    announces = message.via == Message.Via.EMAIL and message.lane == Lane.CAMPAIGN
    left = message.valid_until - timezone.now() if message.valid_until else timedelta(0)
    return Outbound(
        key=message.key,
        via=message.via,
        to=message.to,
        subject=message.subject,
        text=message.text,
        language=message.language,
        in_doubt=message.in_doubt,
        lives=int(left.total_seconds()),
        unsubscribe=unsubscribe_address(message.to, message.language) if announces else "",
    )
