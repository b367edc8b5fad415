"""How the lines are doing, in figures. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Min, Q, Sum
from django.db.models.functions import Coalesce, TruncHour
from django.utils import timezone

from taawon.messaging import lines
from taawon.messaging.gateways.routes import EMAIL, OF_THEIR_OWN, Route, routes
from taawon.messaging.models import Fate, Lane, Line, Message
from taawon.messaging.rules import CASABLANCA, may_announce_at

State = Message.State
# Held back on purpose: no fault of a line.
HELD_BACK = ("stopped", "suppressed", "opted-out")
# A text may wait for so long before it leaves.
_WAITS = timedelta(days=7)
_HOURS = 24


@dataclass(frozen=True, slots=True)
class LineHealth:
    """A line of the settings; `kind` "email" for mail. Counts of the last day unless said.

    `state` is "up", "resting" (until `until`), "down" (it did not take the last batches, and is
    tried again) or "alone" (its own process says nothing). `waiting` counts by lane;
    `oldest_seconds` is how long the oldest text waits that could leave now. `delivered` counts
    among `sent_day`. Segments and centimes are those of the month in Morocco.
    """

    name: str
    kind: str
    prefixes: tuple[str, ...]
    state: str
    until: datetime | None = None
    trouble: str = ""
    worked_at: datetime | None = None
    heard_at: datetime | None = None
    reported_at: datetime | None = None
    balance: str = ""
    balance_at: datetime | None = None
    balance_is_low: bool = False
    waiting: Mapping[Lane, int] = field(default_factory=dict)
    oldest_seconds: int = 0
    sent_hour: int = 0
    sent_day: int = 0
    failed: int = 0
    in_doubt: int = 0
    reports: int = 0
    delivered: int = 0
    segments: int = 0
    centimes: int = 0

    @property
    def delivered_percent(self) -> int | None:
        """Whole percent of what was sent in the last day; None where nothing was."""
        return self.delivered * 100 // self.sent_day if self.sent_day else None


@dataclass(frozen=True, slots=True)
class Hour:
    begins: datetime
    sent: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What the texts of this month cost in the name of a cooperative."""

    cooperative_id: int
    segments: int
    centimes: int


def line_healths() -> list[LineHealth]:
    """Every line of the settings, e-mail last; three queries."""
    rows = {row.name: row for row in Line.objects.all()}
    waiting, settled = _waiting(), _settled()
    return [
        _health(
            route,
            rows.get(route.name) or Line(name=route.name),
            waiting.get(route.name, []),
            settled.get(route.name, {}),
        )
        for route in (*routes(), Route(name=EMAIL, kind=EMAIL))
    ]


def hours() -> list[Hour]:
    """Texts that left in each of the last 24 hours, the running one last; one query."""
    last = timezone.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    first = last - timedelta(hours=_HOURS - 1)
    found = Message.objects.filter(
        via=Message.Via.SMS,
        state=State.SENT,
        sent_at__gte=first,
        queued_at__gte=first - _WAITS,
    )
    counted = dict(
        found.order_by()
        .annotate(hour=TruncHour("sent_at", tzinfo=UTC))
        .values("hour")
        .annotate(n=Count("pk"))
        .values_list("hour", "n")
    )
    begins = [first + timedelta(hours=place) for place in range(_HOURS)]
    return [Hour(hour, counted.get(hour, 0)) for hour in begins]


def costs(most: int = 20) -> list[Cost]:
    """Those for whom most was spent this month; one query."""
    month = _month()
    found = (
        Message.objects.filter(
            state=State.SENT,
            cooperative_id__isnull=False,
            sent_at__gte=month,
            queued_at__gte=month - _WAITS,
        )
        .order_by()
        .values("cooperative_id")
        .annotate(total=Sum("centimes"), pieces=Sum("segments"))
        .order_by("-total", "-pieces", "cooperative_id")
    )
    return [Cost(row["cooperative_id"] or 0, row["pieces"], row["total"]) for row in found[:most]]


def _health(
    route: Route,
    line: Line,
    waiting: list[dict[str, Any]],
    settled: Mapping[str, Any],
) -> LineHealth:
    now = timezone.now()
    due = [one["oldest"] for one in waiting if one["oldest"] and _may_leave(one["lane"], now)]
    return LineHealth(
        name=route.name,
        kind=route.kind,
        prefixes=route.prefixes,
        state=_state(line, route.kind, now),
        until=line.down_until if lines.is_resting(line) else None,
        trouble=line.trouble,
        worked_at=line.sent_at,
        heard_at=line.heard_at,
        reported_at=line.reported_at,
        balance=line.balance,
        balance_at=line.balance_at,
        balance_is_low=_is_low(line.balance, route.balance_low),
        waiting={Lane(one["lane"]): one["n"] for one in waiting},
        oldest_seconds=int((now - min(due)).total_seconds()) if due else 0,
        sent_hour=settled.get("hour", 0),
        sent_day=settled.get("day", 0),
        failed=settled.get("failed", 0),
        in_doubt=settled.get("doubt", 0) + sum(one["doubt"] for one in waiting),
        reports=settled.get("reports", 0),
        delivered=settled.get("delivered", 0),
        segments=settled.get("pieces") or 0,
        centimes=settled.get("total") or 0,
    )


def _state(line: Line, kind: str, now: datetime) -> str:
    if lines.is_resting(line):
        return "resting"
    if line.failures >= lines.DOWN_AFTER:
        return "down"
    late = now - lines.ALIVE_FOR
    if kind in OF_THEIR_OWN and (line.alive_at is None or line.alive_at < late):
        return "alone"
    return "up"


def _is_low(balance: str, limit: Decimal | None) -> bool:
    return bool(balance) and limit is not None and Decimal(balance) < limit


def _may_leave(lane: int, now: datetime) -> bool:
    return lane != Lane.CAMPAIGN or may_announce_at(now)


def _waiting() -> dict[str, list[dict[str, Any]]]:
    found = (
        Message.objects.filter(state__in=Message.UNSETTLED)
        .order_by()
        .values("gateway", "lane")
        .annotate(
            n=Count("pk"),
            oldest=Min("not_before", filter=Q(not_before__lte=timezone.now())),
            doubt=Count("pk", filter=Q(in_doubt=True)),
        )
        .order_by("gateway", "lane")
    )
    by_line: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_line.setdefault(row["gateway"], []).append(dict(row))
    return by_line


def _settled() -> dict[str, dict[str, Any]]:
    """A text that failed has no hour of its own: it was claimed shortly before."""
    now, month = timezone.now(), _month()
    hour, day = now - timedelta(hours=1), now - timedelta(days=1)
    sent, lost = Q(state=State.SENT), Q(state=State.FAILED, touched__gte=day)
    found = (
        Message.objects.filter(state__in=Message.SETTLED, queued_at__gte=min(month, day) - _WAITS)
        .order_by()
        .annotate(touched=Coalesce(F("claimed_at"), F("queued_at")))
        .values("gateway")
        .annotate(
            hour=Count("pk", filter=sent & Q(sent_at__gte=hour)),
            day=Count("pk", filter=sent & Q(sent_at__gte=day)),
            # What was erased at somebody's request did not fail.
            failed=Count("pk", filter=lost & ~Q(trouble__in=HELD_BACK) & ~Q(to="")),
            doubt=Count("pk", filter=Q(in_doubt=True, touched__gte=day)),
            reports=Count("pk", filter=Q(reported_at__gte=day)),
            delivered=Count("pk", filter=sent & Q(sent_at__gte=day, fate=Fate.DELIVERED)),
            pieces=Sum("segments", filter=sent & Q(sent_at__gte=month)),
            total=Sum("centimes", filter=sent & Q(sent_at__gte=month)),
        )
    )
    return {row["gateway"]: dict(row) for row in found}


def _month() -> datetime:
    """When this month began in Morocco."""
    here = timezone.now().astimezone(CASABLANCA)
    return here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
