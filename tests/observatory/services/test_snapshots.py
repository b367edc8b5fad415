from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import override_settings

from taawon.accounts.models import StaffRole
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.services import merging
from taawon.core import memory
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed
from taawon.journal.models import Entry
from taawon.observatory import adding, queries
from taawon.observatory.errors import AnotherMonth, DoesNotAddUp
from taawon.observatory.models import Snapshot
from taawon.observatory.services import snapshots
from taawon.observatory.tasks import take_snapshot
from tests.factories import CooperativeFactory, PersonFactory, actor, staff

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def this_month(clock: Any) -> str:
    return snapshots.month_of(clock.now())


def test_a_snapshot_holds_the_figures_of_its_moment(clock: Any) -> None:
    CooperativeFactory.create_batch(2, registered_on="2024-05-01")

    taken = snapshots.take(this_month(clock), by=SYSTEM)

    assert taken.sha256 == hashlib.sha256(taken.text.encode()).hexdigest()
    data = json.loads(taken.text)
    assert data["month"] == taken.month
    table = data["series"]["cooperatives"]
    assert (table["total"], table["unallocated"], table["parts"]) == (2, 0, {"MA-09": 2})
    assert table["title"]["en"] == "Cooperatives by region"
    assert data["sectors"] == {"argan": {"fr": "Argan", "ar": "أركان"}}
    assert data["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    adding.insist(data["series"])
    [entry] = Entry.objects.filter(name="snapshot-taken")
    assert entry.facts == {"snapshot_id": taken.pk, "month": taken.month, "sha256": taken.sha256}


def test_it_stays_whatever_becomes_of_the_register(clock: Any) -> None:
    first, second = CooperativeFactory.create_batch(2, women=8, men=9)
    before = snapshots.take(this_month(clock), by=SYSTEM).text

    Cooperative.objects.filter(pk=first.pk).update(name_fr="Fusionnée", status="dissolved")
    second.delete()
    memory.forget()
    again = snapshots.take(this_month(clock), by=SYSTEM)

    assert again.text == before
    assert Snapshot.objects.count() == 1
    assert Entry.objects.filter(name="snapshot-taken").count() == 1
    assert queries.snapshot(again.month).text == before


def test_a_merge_does_not_touch_what_was_counted(clock: Any) -> None:
    kept, gone = CooperativeFactory.create_batch(2, women=8, men=9)
    before = snapshots.take(this_month(clock), by=SYSTEM)
    counted = json.loads(before.text)["series"]["cooperatives"]["total"]

    merging.merge(kept.pk, gone.pk, by=staff())
    memory.forget()

    assert queries.snapshot(before.month).text == before.text
    assert hashlib.sha256(before.text.encode()).hexdigest() == before.sha256
    # Of the moment, there is one less.
    clock.forward(days=40)
    after = snapshots.take(this_month(clock), by=SYSTEM)
    assert (counted, json.loads(after.text)["series"]["cooperatives"]["total"]) == (2, 1)


def test_there_is_no_way_to_change_one(clock: Any) -> None:
    taken = snapshots.take(this_month(clock), by=SYSTEM)
    taken.text = "{}"
    for change in (
        taken.save,
        taken.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(text="{}"),
    ):
        with pytest.raises(RuntimeError):
            change()
    assert Snapshot.objects.get().text != "{}"


def test_whoever_comes_second_is_given_the_first(clock: Any, monkeypatch: Any) -> None:
    """Somebody else takes it while ours is being counted."""
    month = this_month(clock)
    counting = snapshots.text_of

    def slow(*words: Any) -> str:
        Snapshot.objects.create(month=month, text="theirs", sha256="0" * 64)
        return counting(*words)

    monkeypatch.setattr(snapshots, "text_of", slow)

    assert snapshots.take(month, by=SYSTEM).text == "theirs"
    assert Entry.objects.filter(name="snapshot-taken").count() == 0
    with pytest.raises(IntegrityError):
        Snapshot.objects.create(month=month, text="ours", sha256="1" * 64)


def test_only_how_things_stand_now(clock: Any) -> None:
    for month in ("2020-01", "2099-12", "yesterday", ""):
        with pytest.raises(AnotherMonth):
            snapshots.take(month, by=SYSTEM)
    assert Snapshot.objects.count() == 0


def test_the_clock_and_administrators_take_them(clock: Any) -> None:
    month = this_month(clock)
    for by in (actor(), actor(PersonFactory()), staff(StaffRole.AGENT)):
        with pytest.raises(NotAllowed):
            snapshots.take(month, by=by)
    assert Snapshot.objects.count() == 0
    assert snapshots.take(month, by=staff()).month == month


def test_nothing_is_kept_that_does_not_add_up(clock: Any, monkeypatch: Any) -> None:
    CooperativeFactory()
    monkeypatch.setattr("taawon.observatory.figures._parts", _one_too_few)
    with pytest.raises(DoesNotAddUp):
        snapshots.take(this_month(clock), by=SYSTEM)
    assert Snapshot.objects.count() == 0


def _one_too_few(counts: Any, codes: Any) -> dict[str, Any]:
    return {"total": sum(counts.values()) + 1, "unallocated": 0, "parts": dict(counts)}


def test_a_month_begins_in_morocco() -> None:
    """Half past eleven in the evening in Greenwich is the next day there."""
    assert snapshots.month_of(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == "2026-11"
    assert snapshots.month_of(datetime(2026, 10, 31, 22, 30, tzinfo=UTC)) == "2026-10"


def test_the_clock_takes_one_a_month(clock: Any) -> None:
    take_snapshot()
    clock.forward(hours=1)
    take_snapshot()
    clock.forward(days=31)
    take_snapshot()
    months = [one.month for one in queries.snapshots()]
    assert len(months) == len(set(months))
    assert Snapshot.objects.count() == 2


@override_settings(SMALL_NUMBER=1)
def test_the_threshold_is_told(clock: Any) -> None:
    CooperativeFactory(is_womens=True)
    data = snapshots.take(this_month(clock), by=SYSTEM).data
    assert data["small_number"] == 1
    table = data["series"]["womens-cooperatives"]
    assert table["cells"] == {"MA-09": {"womens": 1, "others": 0}}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_snapshots_is_one_query(
    rows: int, django_assert_num_queries: Any, clock: Any
) -> None:
    for month in range(1, rows + 1):
        Snapshot.objects.create(month=f"2026-{month:02}", text="{}", sha256="0" * 64)
    with django_assert_num_queries(1):
        assert [one.month for one in queries.snapshots()][0] == "2026-01"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_totals_of_all_months_are_one_query(rows: int, django_assert_num_queries: Any) -> None:
    text = '{"series": {"cooperatives": {"total": 7}}}'
    for month in range(1, rows + 1):
        Snapshot.objects.create(month=f"2026-{month:02}", text=text, sha256="0" * 64)
    with django_assert_num_queries(1):
        assert len(queries.totals_by_month()) == rows
    assert queries.totals_by_month()["2026-01"] == {"total": 7}
