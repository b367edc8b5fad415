"""The lines that carry texts: what waits, what left, what came of it, what it cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from taawon.accounts import rules as team
from taawon.backoffice.desk import Desk, at_desk, show
from taawon.backoffice.texting import how_long
from taawon.cooperatives.queries import directory_rows
from taawon.messaging import health
from taawon.messaging.models import Lane

SLOW_SECONDS = 120
LANES: Mapping[int, str | Promise] = {
    Lane.CODE: _("Codes"),
    Lane.REPLY: _("Answers"),
    Lane.ORDER: _("News of orders"),
    Lane.CAMPAIGN: _("Announcements"),
}
STATES: Mapping[str, tuple[str | Promise, str]] = {
    "up": (_("Working"), ""),
    "resting": (_("Resting"), "warning"),
    "down": (_("Down"), "error"),
    "alone": (_("Its process is not running"), "error"),
}
# The drawing of a day: a bar and a gap for each hour.
_STEP, _BAR, _TALL = 20, 16, 80


@require_safe
@at_desk(team.may_manage_people)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    hours = health.hours()
    return show(
        request,
        desk,
        "gateways",
        "gateways",
        rows=[_row(one) for one in health.line_healths()],
        hours=hours,
        sent=sum(hour.sent for hour in hours),
        most=max(hour.sent for hour in hours),
        bars=bars(hours),
        costs=_costs(health.costs()),
    )


def _row(one: health.LineHealth) -> dict[str, Any]:
    label, tone = STATES[one.state]
    return {
        "line": one,
        "state": label,
        "tone": tone,
        "waiting": sum(one.waiting.values()),
        "lanes": [(LANES[lane], n) for lane, n in sorted(one.waiting.items())],
        "oldest": how_long(one.oldest_seconds) if one.oldest_seconds else "",
        "is_slow": one.oldest_seconds > SLOW_SECONDS,
        "is_mail": one.kind == "email",
    }


def bars(hours: Sequence[health.Hour]) -> list[dict[str, Any]]:
    """Where each bar of the drawing stands and how tall it is; what was sent is never invisible."""
    most = max(1, *(hour.sent for hour in hours))
    drawn = []
    for place, hour in enumerate(hours):
        tall = max(hour.sent * _TALL // most, 2 if hour.sent else 1)
        drawn.append({"x": place * _STEP, "y": _TALL - tall, "wide": _BAR, "tall": tall})
    return drawn


def _costs(found: Sequence[health.Cost]) -> list[dict[str, Any]]:
    names = {row.id: row.name for row in directory_rows([one.cooperative_id for one in found])}
    return [{"cost": one, "name": names.get(one.cooperative_id, "—")} for one in found]
