"""Texts that come in: written down once, then handled once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from taawon.core.locks import lock
from taawon.core.phone import InvalidPhone, normalise
from taawon.core.prepared import insert
from taawon.core.text import clean
from taawon.messaging import lines
from taawon.messaging.gateways import Inbound
from taawon.messaging.models import InboundPart, InboundText

MOST_TRIES = 5
KEPT_LETTERS = 2000
# The other parts of a long text are not waited for any longer.
PARTS_WAIT = timedelta(minutes=2)
MOST_PARTS = 20
State = InboundText.State


def receive(inbound: Inbound) -> tuple[InboundText, bool] | None:
    """The row of a text, and whether it is new; None where the sender is no phone number.

    A text is one by its gateway and the gateway's id; without an id, by sender, recipient, words
    and the second in which it was sent. It is committed when this returns.
    """
    try:
        sender = normalise(inbound.sender)
    except InvalidPhone:
        return None
    lines.heard(inbound.gateway)
    row = InboundText(
        digest=_digest(inbound, sender),
        gateway=inbound.gateway,
        sender=sender,
        recipient=clean(inbound.recipient)[:20],
        text=clean(inbound.text[:KEPT_LETTERS], lines=True),
    )
    try:
        # Nearly every text comes once: it is written without a look.
        with transaction.atomic():
            insert([row])
    except IntegrityError:
        return InboundText.objects.get(digest=row.digest), False
    return row, True


@dataclass(frozen=True, slots=True)
class Piece:
    """Which part of a long text it is: `number` of `total`, counted from 1."""

    reference: int
    number: int
    total: int


def receive_part(inbound: Inbound, piece: Piece) -> tuple[InboundText, bool] | None:
    """A part of a long text: the whole of it, once the last part is here; None until then."""
    try:
        sender = normalise(inbound.sender)
    except InvalidPhone:
        return None
    if not 1 <= piece.number <= piece.total <= MOST_PARTS:
        return receive(inbound)
    part = InboundPart(
        gateway=inbound.gateway,
        sender=sender,
        recipient=clean(inbound.recipient)[:20],
        reference=piece.reference,
        number=piece.number,
        total=piece.total,
        # The whole is cleaned: a part may end in the blank between two words.
        text=inbound.text[:320].replace("\0", ""),
    )
    InboundPart.objects.bulk_create([part], ignore_conflicts=True)
    return _join(part, complete=True)


def join_what_stays_incomplete() -> list[int]:
    """Parts whose others never came are read as far as they go; the texts that came of them."""
    before = timezone.now() - PARTS_WAIT
    old = InboundPart.objects.filter(received_at__lt=before).order_by("received_at", "pk")
    joined = []
    for part in old[:200]:
        found = _join(part, complete=False)
        joined += [found[0].pk] if found else []
    return joined


@transaction.atomic
def _join(part: InboundPart, *, complete: bool) -> tuple[InboundText, bool] | None:
    """The parts become one text, locked meanwhile, so that two who bring the last join once."""
    siblings = InboundPart.objects.select_for_update(of=("self",)).filter(
        gateway=part.gateway, sender=part.sender, reference=part.reference, total=part.total
    )
    found = list(siblings.order_by("number"))
    if not found or (complete and len(found) < part.total):
        return None
    joined = receive(
        Inbound(
            gateway=part.gateway,
            provider_id=f"parts-{part.sender}-{part.reference}-{found[0].pk}",
            sender=part.sender,
            recipient=part.recipient,
            text="".join(one.text for one in found),
        )
    )
    InboundPart.objects.filter(pk__in=[one.pk for one in found]).delete()
    return joined


def hold(inbound_id: int) -> InboundText | None:
    """The text, locked for whoever handles it; None where it was handled already."""
    try:
        row = lock(InboundText, pk=inbound_id)
    except InboundText.DoesNotExist:
        return None
    return row if row.state == State.RECEIVED else None


def settle(row: InboundText, state: InboundText.State = State.HANDLED) -> None:
    row.state = state
    row.handled_at = timezone.now()
    row.save(update_fields=["state", "handled_at"])


def left_over() -> list[int]:
    """Texts that were stored and not handled: a process died, or the handling failed."""
    before = timezone.now() - timedelta(seconds=5)
    waiting = InboundText.objects.filter(state=State.RECEIVED, received_at__lt=before)
    return list(waiting.order_by("received_at", "pk").values_list("pk", flat=True)[:100])


def failed(inbound_id: int) -> InboundText | None:
    """Handling it broke: the text, where that was the last try."""
    rows = InboundText.objects.filter(pk=inbound_id, state=State.RECEIVED)
    rows.update(tries=F("tries") + 1)
    given_up = rows.filter(tries__gte=MOST_TRIES).update(state=State.FAILED)
    return InboundText.objects.get(pk=inbound_id) if given_up else None


def lately(sender: str, span: timedelta = timedelta(hours=1)) -> int:
    """How many texts came from a number."""
    since = timezone.now() - span
    return InboundText.objects.filter(sender=sender, received_at__gte=since).count()


def _digest(inbound: Inbound, sender: str) -> str:
    if inbound.provider_id:
        parts = ["id", inbound.gateway, inbound.provider_id]
    else:
        # Without its own time, the second in which it comes: the same words another day are new.
        sent = inbound.sent_at or timezone.now()
        second = sent.replace(microsecond=0).isoformat()
        parts = ["text", sender, inbound.recipient, inbound.text, second]
    written = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(written).hexdigest()
