"""The day of a shop is that of Casablanca, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.sms.talk import stall

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("placed", "asked", "answer"),
    [
        # 23:30 and 23:59 of the same day, one hour ahead of UTC; then a minute past midnight.
        ("2026-11-22T22:30Z", "2026-11-22T22:59Z", "Auj: 1 ventes"),
        ("2026-11-22T22:30Z", "2026-11-22T23:01Z", "Auj: 0 ventes"),
        # In Ramadan midnight there is that of UTC.
        ("2026-03-01T23:30Z", "2026-03-01T23:59Z", "Auj: 1 ventes"),
        ("2026-03-01T23:30Z", "2026-03-02T00:01Z", "Auj: 0 ventes"),
        # The night in which the clocks go forward: the day begins before the jump.
        ("2026-03-22T00:30Z", "2026-03-22T12:00Z", "Auj: 1 ventes"),
    ],
)
def test_sales_of_today(clock, placed, asked, answer):
    shop = stall()
    shop.order(placed_at=datetime.fromisoformat(placed).astimezone(UTC))
    clock.time = datetime.fromisoformat(asked).astimezone(UTC)
    assert shop.phone.says("VENTES").startswith(answer)
