"""Announcements to many: queued together, taken back while nobody has seen them, counted.

Their keys begin with the name of what they belong to and a colon, such as "campaigns.campaign:12:".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from taawon.messaging import routing, services
from taawon.messaging.models import Lane, Message
from taawon.messaging.rules import plain, segments

State = Message.State


@dataclass(frozen=True, slots=True)
class Announcement:
    """`to` a phone (E.164); `cooperative_id` whose member is written to."""

    to: str
    text: str
    key: str
    language: str
    cooperative_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of messages that had the same fate; `trouble` a short code, "" for none."""

    language: str
    state: str
    fate: int
    trouble: str
    messages: int
    in_doubt: int
    segments: int
    centimes: int


def queue_all(announcements: Iterable[Announcement]) -> None:
    """In the caller's transaction; a key that is queued already stays as it is.

    They go to those alone who agreed and did not stop, looked at as each of them leaves.
    """
    now = timezone.now()
    line_of = routing.chooser()
    rows = []
    for one in announcements:
        text = plain(one.text)
        rows.append(
            Message(
                to=one.to,
                text=text,
                key=one.key,
                language=one.language,
                lane=Lane.CAMPAIGN,
                segments=segments(text),
                queued_at=now,
                not_before=now,
                valid_until=now + services.LIVES[Lane.CAMPAIGN],
                gateway=line_of(one.to),
                cooperative_id=one.cooperative_id,
            )
        )
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        services.nudge()


@transaction.atomic
def withdraw(prefix: str) -> list[str]:
    """Take back what no gateway has taken yet; the keys of these messages."""
    unseen = _of(prefix).filter(state=State.QUEUED, in_doubt=False)
    # Held, so that no worker claims one of them between the look and the deletion.
    held = unseen.order_by("pk").select_for_update(of=("self",), no_key=True)
    found = dict(held.values_list("pk", "key"))
    Message.objects.filter(pk__in=found, state=State.QUEUED).delete()
    return sorted(found.values())


def abandon(prefix: str) -> int:
    """What may have arrived already is not sent again; how many. A report may still say so."""
    doubtful = _of(prefix).filter(state=State.QUEUED, in_doubt=True)
    return doubtful.update(state=State.FAILED, trouble="abandoned")


def unsettled(prefix: str) -> int:
    """How many wait in the outbox or are on the road."""
    return _of(prefix).filter(state__in=Message.UNSETTLED).count()


def outcomes(prefix: str) -> list[Outcome]:
    """What became of them; one query."""
    rows = (
        _of(prefix)
        .order_by()
        .values("language", "state", "fate", "trouble")
        .annotate(
            n=Count("pk"),
            doubt=Count("pk", filter=Q(in_doubt=True)),
            pieces=Sum("segments"),
            cost=Sum("centimes"),
        )
        .order_by("language", "state", "fate", "trouble")
    )
    return [
        Outcome(
            language=row["language"],
            state=row["state"],
            fate=row["fate"],
            trouble=row["trouble"],
            messages=row["n"],
            in_doubt=row["doubt"],
            segments=row["pieces"],
            centimes=row["cost"],
        )
        for row in rows
    ]


def _of(prefix: str) -> QuerySet[Message]:
    """By the index of the keys: SQLite reads a whole index for what begins with something."""
    if connection.vendor == "sqlite":
        return Message.objects.filter(key__gte=prefix, key__lt=prefix[:-1] + ";")
    return Message.objects.filter(key__startswith=prefix)
