"""How the lines are doing, and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.backoffice.gateways import bars
from taawon.messaging.health import Hour
from taawon.messaging.models import Fate, Lane, Line
from tests.backoffice.build import message

PATH = "/backoffice/gateways/"


@pytest.fixture(autouse=True)
def _lines(settings):
    settings.SMS_GATEWAYS = {
        "iam": {"kind": "memory", "prefixes": ["+2126"], "centimes_a_segment": 20},
        "centre": {"kind": "smpp"},
    }


def test_each_line_in_words(house):
    now = timezone.now()
    Line.objects.create(
        name="iam", failures=3, trouble="timeout", down_until=now + timedelta(minutes=1)
    )
    facts = {"gateway": "iam", "sent_at": now, "segments": 2, "centimes": 40}
    message("sent", cooperative_id=house.coop.pk, fate=Fate.DELIVERED, **facts)
    message("sent", cooperative_id=987654, **facts)
    message("queued", gateway="iam", lane=Lane.CODE, not_before=now - timedelta(minutes=10))

    answer = house.browser("administrator").get(PATH)

    rows = answer.context["rows"]
    assert [(row["line"].name, row["tone"], row["waiting"]) for row in rows] == [
        ("iam", "warning", 1),
        ("centre", "error", 0),
        ("email", "", 0),
    ]
    assert (rows[0]["oldest"].split()[0], rows[0]["is_slow"]) == ("10", True)
    assert (answer.context["sent"], answer.context["most"]) == (2, 2)
    assert [(row["name"], row["cost"].centimes) for row in answer.context["costs"]] == [
        (house.coop.name_fr, 40),
        ("—", 40),
    ]
    page = answer.content.decode()
    assert "timeout" in page
    assert "50" in page


@pytest.mark.parametrize(("limit", "warned"), [(50, True), (49, False)])
def test_little_is_left_at_the_provider(house, settings, limit, warned):
    settings.SMS_GATEWAYS = {"iam": {"kind": "memory", "balance_low": limit}}
    Line.objects.create(name="iam", balance="49.90", balance_at=timezone.now())
    page = house.browser("administrator").get(PATH).text
    assert "49.90" in page
    assert ("notice--warning" in page) is warned


def test_nothing_yet(house):
    answer = house.browser("administrator").get(PATH)
    assert answer.context["costs"] == []
    assert answer.context["most"] == 0


def test_a_drawing_of_a_day():
    now = timezone.now()
    drawn = bars([Hour(now, 0), Hour(now, 1), Hour(now, 200)])
    assert drawn == [
        {"x": 0, "y": 79, "wide": 16, "tall": 1},
        {"x": 20, "y": 78, "wide": 16, "tall": 2},
        {"x": 40, "y": 0, "wide": 16, "tall": 80},
    ]
