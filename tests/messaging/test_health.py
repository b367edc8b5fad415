from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from taawon.messaging import health
from taawon.messaging.health import Cost
from taawon.messaging.models import Fate, Lane, Line, Message

TABLES = {
    "iam": {"kind": "memory", "prefixes": ["+2126"], "centimes_a_segment": 20},
    "centre": {"kind": "smpp"},
}
# A Monday at 11:30 in Morocco.
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
_numbers = count()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines(settings, clock):
    settings.SMS_GATEWAYS = TABLES
    clock.time = NOW


def text(state: str, **columns) -> Message:
    moment = columns.pop("at", timezone.now())
    times = {"queued_at": moment, "not_before": moment}
    if state in ("sent", "failed"):
        times["claimed_at"] = moment
    if state == "sent":
        times["sent_at"] = moment
    facts = {"to": "+212612345678", "text": "Salam", "gateway": "iam"} | times | columns
    return Message.objects.create(key=f"k{next(_numbers)}", state=state, **facts)


def line(name: str = "iam") -> health.LineHealth:
    return next(one for one in health.line_healths() if one.name == name)


def test_each_line_of_the_settings_and_mail():
    found = [(one.name, one.kind, one.prefixes, one.state) for one in health.line_healths()]
    assert found == [
        ("iam", "memory", ("+2126",), "up"),
        ("centre", "smpp", (), "alone"),
        ("email", "email", (), "up"),
    ]
    assert line().delivered_percent is None


def test_what_waits(clock):
    text("queued", lane=Lane.CODE, at=NOW - timedelta(seconds=90))
    text("queued", lane=Lane.CODE)
    text("sending", lane=Lane.ORDER, in_doubt=True)
    text("queued", lane=Lane.CAMPAIGN, at=NOW - timedelta(hours=2))
    text("queued", lane=Lane.REPLY, not_before=NOW + timedelta(minutes=1))
    text("queued", gateway="email", via="email")
    assert line().waiting == {Lane.CODE: 2, Lane.REPLY: 1, Lane.ORDER: 1, Lane.CAMPAIGN: 1}
    assert (line().oldest_seconds, line().in_doubt) == (7200, 1)
    assert line("email").waiting == {Lane.ORDER: 1}
    # Announcements do not leave at night: they are not late.
    clock.forward(hours=10)
    assert line().oldest_seconds == 36090


def test_what_left_and_what_came_of_it():
    ago = timedelta
    text("sent", at=NOW - ago(minutes=10), segments=2, centimes=40, fate=Fate.DELIVERED)
    text("sent", at=NOW - ago(hours=2), segments=1, centimes=20, reported_at=NOW - ago(hours=1))
    text("sent", at=NOW - ago(days=3), segments=1, centimes=20, fate=Fate.DELIVERED)
    text("sent", at=NOW - ago(days=24), segments=5, centimes=100)
    text("failed", trouble="http-500")
    text("failed", trouble="lost", in_doubt=True)
    text("failed", trouble="stopped")
    text("failed", to="")
    text("failed", trouble="http-500", at=NOW - ago(days=2))
    found = line()
    assert (found.sent_hour, found.sent_day, found.delivered, found.reports) == (1, 2, 1, 1)
    assert found.delivered_percent == 50
    assert (found.failed, found.in_doubt) == (2, 1)
    assert (found.segments, found.centimes) == (4, 80)


def test_a_line_in_trouble(clock):
    Line.objects.create(
        name="iam",
        failures=3,
        trouble="timeout",
        down_until=NOW + timedelta(seconds=30),
        sent_at=NOW - timedelta(minutes=5),
        heard_at=NOW - timedelta(minutes=1),
        balance="12 DH",
    )
    found = line()
    assert (found.state, found.until) == ("resting", NOW + timedelta(seconds=30))
    assert (found.trouble, found.worked_at) == ("timeout", NOW - timedelta(minutes=5))
    assert (found.heard_at, found.balance) == (NOW - timedelta(minutes=1), "12 DH")
    clock.forward(seconds=31)
    assert (line().state, line().until) == ("down", None)
    Line.objects.create(name="centre", alive_at=timezone.now())
    assert line("centre").state == "up"


def test_by_the_hour():
    text("sent", at=NOW)
    text("sent", at=NOW - timedelta(minutes=29))
    text("sent", at=NOW - timedelta(minutes=31))
    text("sent", at=NOW - timedelta(hours=24))
    text("sent", via="email", gateway="email")
    found = health.hours()
    assert len(found) == 24
    assert (found[0].begins, found[0].sent) == (NOW - timedelta(hours=23, minutes=30), 0)
    assert [hour.sent for hour in found[-3:]] == [0, 1, 2]


def test_what_each_cooperative_cost():
    text("sent", cooperative_id=7, segments=2, centimes=40)
    text("sent", cooperative_id=7, segments=1, centimes=20)
    text("sent", cooperative_id=9, segments=9, centimes=180)
    text("sent", cooperative_id=9, at=NOW - timedelta(days=24), centimes=20)
    text("sent", centimes=20)
    text("failed", cooperative_id=7)
    assert health.costs() == [Cost(9, 9, 180), Cost(7, 3, 60)]
    assert health.costs(1) == [Cost(9, 9, 180)]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_it_costs(rows, django_assert_num_queries):
    for place in range(rows):
        text("sent", cooperative_id=place)
        text("queued", lane=place)
    with django_assert_num_queries(3):
        health.line_healths()
    with django_assert_num_queries(1):
        health.hours()
    with django_assert_num_queries(1):
        health.costs()
