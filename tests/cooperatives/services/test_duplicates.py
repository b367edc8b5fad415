from __future__ import annotations

from typing import Any

import pytest

from taawon.accounts.models import StaffRole
from taawon.cooperatives import tasks
from taawon.cooperatives.models import Cooperative, Pair
from taawon.cooperatives.services import duplicates, merging
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from tests.factories import (
    CooperativeFactory,
    PersonFactory,
    ProvinceFactory,
    RegionFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def named(name: str, **more: Any) -> Cooperative:
    return CooperativeFactory(name_fr=name, name_ar="", **more)


def found() -> list[tuple[int, int, str]]:
    return list(Pair.objects.order_by("pk").values_list("first", "second", "state"))


def test_what_is_alike_is_found_once_with_its_reasons() -> None:
    one = named("Coopérative Tifaouine Amellal", phone="+212528123456")
    other = CooperativeFactory(
        name_fr="", name_ar="تعاونية تيفاوين أملال", phone_on_record="+212528123456"
    )
    named("Coopérative Amal du Sud")

    assert duplicates.scan(by=SYSTEM) == 1
    assert duplicates.scan(by=SYSTEM) == 0

    assert found() == [(one.pk, other.pk, "likely")]
    pair = Pair.objects.get()
    assert pair.reasons == ["name", "province", "phone"]
    assert pair.score >= 70


def test_the_same_name_in_two_provinces_is_two_cooperatives() -> None:
    agadir = ProvinceFactory(code="MA-AGD", name_fr="Agadir")
    named("Coopérative Tifaouine Amellal")
    named("Coopérative Tifaouine Amellal", province=agadir)
    assert duplicates.scan(by=SYSTEM) == 0


def test_a_phone_joins_two_provinces() -> None:
    agadir = ProvinceFactory(code="MA-AGD", name_fr="Agadir")
    one = named("Coopérative Tifaouine Amellal", phone="+212528123456")
    other = named("Coopérative Tifaouine Amellal", phone="+212528123456", province=agadir)
    assert duplicates.scan(by=SYSTEM) == 1
    assert found() == [(one.pk, other.pk, "likely")]
    assert duplicates.scan(by=SYSTEM) == 0
    assert len(found()) == 1


def test_told_apart_is_never_offered_again() -> None:
    one, other = named("Tifaouine Amellal"), named("Tifaouine Amellal")
    duplicates.scan(by=SYSTEM)
    merging.tell_apart(Pair.objects.get().pk, by=staff())

    assert duplicates.scan(by=SYSTEM) == 0
    assert found() == [(one.pk, other.pk, "different")]


def test_what_was_merged_is_not_looked_at_and_comes_back_with_an_undo() -> None:
    one, other, by = named("Tifaouine Amellal"), named("Tifaouine Amellal"), staff()
    duplicates.scan(by=SYSTEM)
    made = merging.merge(one.pk, other.pk, by=by)

    assert duplicates.scan(by=SYSTEM) == 0
    assert found() == [(one.pk, other.pk, "merged")]
    merging.undo(made.pk, by=by)
    assert found() == [(one.pk, other.pk, "likely")]


def test_what_is_not_alike_any_more_goes_and_scores_follow() -> None:
    one, other = named("Tifaouine Amellal"), named("Tifaouine Amellal")
    duplicates.scan(by=SYSTEM)
    before = Pair.objects.get().score
    Cooperative.objects.update(phone="+212528123456")
    duplicates.scan(by=SYSTEM)
    assert Pair.objects.get().score > before
    assert found() == [(one.pk, other.pk, "likely")]

    Cooperative.objects.filter(pk=one.pk).update(name_fr="Argania Ouest", phone="+212528999999")
    duplicates.scan(by=SYSTEM)
    assert found() == []


def test_a_key_that_very_many_share_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "MOST_OF_A_KEY", 2)
    for _ in range(3):
        named("Tifaouine Amellal")
    assert duplicates.scan(by=SYSTEM) == 0


def test_an_agent_looks_through_the_own_region_alone() -> None:
    north = RegionFactory(code="MA-01", name_fr="Nord")
    tangier = ProvinceFactory(code="MA-TNG", name_fr="Tanger", region=north)
    for province in (None, tangier):
        more = {"province": province} if province else {}
        named("Tifaouine Amellal", **more)
        named("Tifaouine Amellal", **more)
    agent = staff(StaffRole.AGENT, staff_region=north)

    for region, by, refusal in (
        ("MA-09", agent, NotAllowed),
        (None, agent, NotAllowed),
        ("MA-01", staff(StaffRole.EDITOR), NotAllowed),
        ("MA-01", actor(PersonFactory()), NotFound),
    ):
        with pytest.raises(refusal):
            duplicates.scan(region, by=by)
    assert found() == []
    assert duplicates.scan("MA-01", by=agent) == 1
    assert Pair.objects.get().first.region_id == "MA-01"


@pytest.mark.parametrize("rows", [2, 6])
def test_a_province_costs_the_same_whatever_it_holds(
    rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        named("Tifaouine Amellal")
    with django_assert_num_queries(6):
        duplicates.scan_province("MA-TIZ", by=SYSTEM)


def test_the_clock_goes_through_all_provinces_in_less_than_a_day(clock: Any) -> None:
    agadir = ProvinceFactory(code="MA-AGD", name_fr="Agadir")
    for province in (ProvinceFactory(), agadir):
        named("Tifaouine Amellal", province=province)
        named("Tifaouine Amellal", province=province)
    for _ in range(3):
        tasks.look_for_duplicates()
        clock.forward(minutes=15)
    assert Pair.objects.count() == 2
