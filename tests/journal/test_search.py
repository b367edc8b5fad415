"""The audit trail is searched through its indexes, whatever is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from taawon.journal import queries
from taawon.journal.models import Entry

pytestmark = pytest.mark.django_db


def _entry(**more):
    facts = {"name": "order-placed", "subject": "orders.order:1", "facts": {}, "channel": "web"}
    return Entry.objects.create(**{**facts, **more}).pk


def test_each_filter_narrows():
    first = _entry(happened_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    second = _entry(
        happened_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        person_id=7,
        channel="staff",
        name="claim-approved",
        subject="cooperatives.claim:1",
    )

    def found(**asked):
        return [entry.pk for entry in queries.search(**asked)]

    assert found() == [second, first]
    assert found(subject="orders.order:1") == [first]
    assert found(person_id=7) == [second]
    assert found(channel="staff") == [second]
    assert found(name="order-placed") == [first]
    assert found(since=date(2026, 3, 2)) == [second]
    assert found(until=date(2026, 3, 1)) == [first]
    assert found(before=second) == [first]
    assert found(channel="staff", name="order-placed") == []


def test_a_day_is_moroccos():
    # During Ramadan of 2026 Morocco keeps UTC; in summer it is an hour ahead.
    late = _entry(happened_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))

    assert [entry.pk for entry in queries.search(since=date(2026, 7, 2))] == [late]
    assert list(queries.search(until=date(2026, 7, 1))) == []


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"subject": "orders.order:1", "channel": "web"}, "journal_of_a_subject"),
        ({"person_id": 7, "name": "order-placed"}, "journal_of_a_person"),
        ({"since": date(2026, 3, 1), "until": date(2026, 3, 2), "name": "x"}, "journal_by_day"),
        ({"since": date(2026, 3, 1), "channel": "staff", "before": 12}, "journal_by_day"),
    ],
)
def test_an_index_serves(asked, index):
    plan = queries.search(**asked).explain()

    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
