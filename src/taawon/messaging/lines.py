"""How each gateway is doing: how much it may carry now, whether it is down, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from taawon.core.memory import remember
from taawon.messaging.gateways.routes import Route
from taawon.messaging.models import Line

# After so many failures in a row a line rests, and then tries a single text.
DOWN_AFTER = 3
REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=5)
# A process of its own that says nothing for so long is gone.
ALIVE_FOR = timedelta(seconds=60)
# A text of several segments must fit into the fullest bucket.
SMALLEST_BUCKET = 10
WITHOUT_LIMIT = 1_000


def of(name: str) -> Line:
    line = Line.objects.filter(name=name).first()
    if line is None:
        Line.objects.bulk_create([Line(name=name)], ignore_conflicts=True)
        line = Line.objects.get(name=name)
    return line


def is_resting(line: Line) -> bool:
    return line.down_until is not None and line.down_until > timezone.now()


def is_probing(line: Line) -> bool:
    """It was down, and nobody knows whether it is up again."""
    return line.failures >= DOWN_AFTER and not is_resting(line)


def down(names: Iterable[str], of_their_own: Iterable[str] = ()) -> set[str]:
    """Those of the lines that carry nothing now: they failed, or their process is gone."""
    alone = set(of_their_own)
    late = timezone.now() - ALIVE_FOR
    return {
        line.name
        for line in Line.objects.filter(name__in=list(names))
        if line.failures >= DOWN_AFTER
        or (line.name in alone and (line.alive_at is None or line.alive_at < late))
    }


def take(route: Route, wanted: int) -> int:
    """How many segments of those wanted may go out now, by the rate of the settings."""
    if not route.segments_a_second:
        return wanted
    of(route.name)
    return _take(route.name, route.segments_a_second, wanted)


@transaction.atomic
def _take(name: str, rate: int, wanted: int) -> int:
    line = Line.objects.select_for_update(of=("self",), no_key=True).get(name=name)
    now, most = timezone.now(), max(rate, SMALLEST_BUCKET)
    if line.filled_at is None:
        line.tokens = most
    else:
        passed = max((now - line.filled_at).total_seconds(), 0)
        line.tokens = min(most, line.tokens + passed * rate)
    granted = min(int(line.tokens), wanted)
    line.tokens -= granted
    line.filled_at = now
    line.save(update_fields=["tokens", "filled_at"])
    return granted


def give_back(route: Route, segments: int) -> None:
    if route.segments_a_second and segments:
        Line.objects.filter(name=route.name).update(tokens=F("tokens") + segments)


def worked(name: str) -> None:
    """It took a batch."""
    Line.objects.filter(name=name).update(
        sent_at=timezone.now(), failures=0, down_until=None, trouble=""
    )


def failed(name: str, reason: str, wait: int = 0) -> bool:
    """It did not take a batch; `wait` in seconds, where it said so. Whether it counts as down."""
    of(name)
    lines = Line.objects.filter(name=name)
    lines.update(failures=F("failures") + 1, trouble=reason[:40])
    failures = lines.values_list("failures", flat=True)[0]
    rest = timedelta(seconds=wait)
    if failures >= DOWN_AFTER:
        rest = max(rest, min(REST * 2 ** min(failures - DOWN_AFTER, 10), LONGEST_REST))
    if rest:
        lines.update(down_until=timezone.now() + rest)
    return bool(failures >= DOWN_AFTER)


def heard(name: str) -> None:
    _touch(name, "heard_at")


def reported(name: str) -> None:
    _touch(name, "reported_at")


def alive(name: str) -> None:
    _touch(name, "alive_at")


@remember(seconds=10)
def _touch(name: str, field: str) -> None:
    """To the minute is enough: no write for every text."""
    now = timezone.now()
    of(name)
    Line.objects.filter(name=name).exclude(**{f"{field}__gt": now - timedelta(seconds=20)}).update(
        **{field: now}
    )
