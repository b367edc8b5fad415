"""The figures of a month are put aside, as they stand, for good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.cooperatives import statistics
from taawon.cooperatives.branches import sectors
from taawon.cooperatives.statistics import Counted
from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotAllowed
from taawon.core.languages import LANGUAGES
from taawon.journal.record import record
from taawon.observatory import figures, licence, series
from taawon.observatory.errors import AnotherMonth
from taawon.observatory.events import SnapshotTaken
from taawon.observatory.models import Snapshot


def month_of(moment: datetime) -> str:
    """The month in Morocco, as "2026-10"."""
    return f"{timezone.localtime(moment):%Y-%m}"


def take_due(*, by: Actor) -> Snapshot | None:
    """The snapshot of this month, unless it stands already."""
    month = month_of(timezone.now())
    if Snapshot.objects.filter(month=month).exists():
        return None
    return take(month, by=by)


@transaction.atomic
def take(month: str, *, by: Actor) -> Snapshot:
    """The snapshot of the current month; one that was taken before stays as it is, and is given.

    Raises AnotherMonth, NotAllowed, DoesNotAddUp.
    """
    _insist(by)
    now = timezone.now()
    if month != month_of(now):
        raise AnotherMonth
    found = Snapshot.objects.filter(month=month).first()
    if found is not None:
        return found
    text = text_of(month, now, statistics.counted())
    sha256 = checksum(text)
    # Whoever comes second at the same moment is given the first one's.
    snapshot, new = Snapshot.objects.get_or_create(
        month=month, defaults={"taken_at": now, "text": text, "sha256": sha256}
    )
    if new:
        taken = SnapshotTaken(snapshot_id=snapshot.pk, month=month, sha256=sha256)
        record(taken, by=by)
    return snapshot


def _insist(by: Actor) -> None:
    """The clock, and administrators."""
    if by.channel == Channel.SYSTEM:
        return
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    if person is None or not team.is_administrator(person):
        raise NotAllowed


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(month: str, now: datetime, rows: Iterable[Counted], note: str = "") -> str:
    """The file itself: keys in order, so that the same figures are the same letters.

    `note`: what its readers must know of it beside what every snapshot says.
    """
    book = figures.count(rows, figures.known(), settings.SMALL_NUMBER)
    data: dict[str, Any] = {
        "month": month,
        "taken_at": now.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds"),
        "source": licence.source(),
        "licence": licence.ADDRESS,
        "small_number": settings.SMALL_NUMBER,
        "series": {code: {**_about(code), **table} for code, table in book.items()},
        "sectors": {code: _names(dict(one.names)) for code, one in sectors().items()},
    }
    data |= {"note": note} if note else {}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _about(code: str) -> dict[str, Any]:
    """What the figures meant when they were taken, in words."""
    one = series.ALL[code]
    about: dict[str, Any] = {"title": {}, "definition": {}, "unit": {}}
    for language in LANGUAGES:
        with translation.override(language):
            for name in about:
                about[name][language] = str(getattr(one, name))
    return about


def _names(columns: dict[str, Any]) -> dict[str, str]:
    named = {language: columns.get(f"name_{language}") for language in LANGUAGES}
    return {language: name for language, name in named.items() if name}
