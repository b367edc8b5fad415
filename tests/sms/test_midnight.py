"""The day of a shop is that of Casablanca, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from taawon.messaging.rules import CASABLANCA
from tests.sms.talk import stall

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("placed", "asked", "answer"),
    [
        # 23:30 and 23:59 of the same day, one hour ahead of UTC; then a minute past midnight.
        ("2026-11-22T22:30Z", "2026-11-22T22:59Z", "Auj: 1 vente"),
        ("2026-11-22T22:30Z", "2026-11-22T23:01Z", "Auj: 0 ventes"),
        # In Ramadan midnight there is that of UTC.
        ("2026-03-01T23:30Z", "2026-03-01T23:59Z", "Auj: 1 vente"),
        ("2026-03-01T23:30Z", "2026-03-02T00:01Z", "Auj: 0 ventes"),
        # Ramadan of 2027: from 7 February, 3 o'clock, to 14 March, 2 o'clock.
        ("2027-02-06T23:30Z", "2027-02-07T12:00Z", "Auj: 1 vente"),
        ("2027-02-06T22:59Z", "2027-02-07T12:00Z", "Auj: 0 ventes"),
        ("2027-02-07T23:30Z", "2027-02-07T23:59Z", "Auj: 1 vente"),
        ("2027-02-07T23:30Z", "2027-02-08T00:01Z", "Auj: 0 ventes"),
        ("2027-03-13T23:59Z", "2027-03-14T12:00Z", "Auj: 0 ventes"),
        ("2027-03-14T00:01Z", "2027-03-14T12:00Z", "Auj: 1 vente"),
        ("2027-03-14T23:01Z", "2027-03-14T23:05Z", "Auj: 1 vente"),
        # The night in which the clocks go forward: the day begins before the jump.
        ("2026-03-22T00:30Z", "2026-03-22T12:00Z", "Auj: 1 vente"),
    ],
)
def test_sales_of_today(clock, placed, asked, answer):
    shop = stall()
    shop.order(placed_at=datetime.fromisoformat(placed).astimezone(UTC))
    clock.time = datetime.fromisoformat(asked).astimezone(UTC)
    assert shop.phone.says("VENTES").startswith(answer)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        ("2027-02-07T01:59Z", 1),
        ("2027-02-07T02:00Z", 0),
        ("2027-03-14T01:59Z", 0),
        ("2027-03-14T02:00Z", 1),
    ],
)
def test_the_clocks_of_2027_are_known(moment, hours):
    """An old database of time zones would keep announcements awake in Ramadan."""
    here = datetime.fromisoformat(moment).astimezone(CASABLANCA)
    assert here.utcoffset() == timedelta(hours=hours)
