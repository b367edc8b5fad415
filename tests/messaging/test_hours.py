"""When announcements leave: by the clock of Casablanca, also in Ramadan."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from taawon.messaging.rules import may_announce_at, next_hours


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        # One hour ahead of UTC for most of the year.
        (datetime(2026, 11, 25, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 25, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 18, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 19, 0, tzinfo=UTC), False),
        # In Ramadan 2027 (February and March) the clock of Morocco is that of UTC.
        (datetime(2027, 2, 20, 8, 30, tzinfo=UTC), False),
        (datetime(2027, 2, 20, 9, 0, tzinfo=UTC), True),
        (datetime(2027, 2, 20, 19, 30, tzinfo=UTC), True),
    ],
)
def test_the_hours_of_the_day(moment, may):
    assert may_announce_at(moment) is may


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (datetime(2026, 11, 25, 10, tzinfo=UTC), datetime(2026, 11, 25, 10, tzinfo=UTC)),
        (datetime(2026, 11, 25, 3, tzinfo=UTC), datetime(2026, 11, 25, 8, tzinfo=UTC)),
        (datetime(2026, 11, 25, 21, tzinfo=UTC), datetime(2026, 11, 26, 8, tzinfo=UTC)),
        (datetime(2027, 2, 20, 22, tzinfo=UTC), datetime(2027, 2, 21, 9, tzinfo=UTC)),
    ],
)
def test_the_next_of_them(moment, then):
    assert next_hours(moment) == then


def test_the_hours_of_the_settings(settings):
    settings.CAMPAIGN_HOURS = (0, 24)
    assert may_announce_at(datetime(2026, 11, 25, 23, 59, tzinfo=UTC)) is True
