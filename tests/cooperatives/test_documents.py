from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from taawon.cooperatives.documents import all_ids, build
from taawon.cooperatives.states import CooperativeStatus, ShopState
from taawon.search.documents import Document
from tests.factories import CooperativeFactory, ProvinceFactory, ShopFactory

pytestmark = pytest.mark.django_db


def test_all_that_is_found_by() -> None:
    cooperative = CooperativeFactory(
        name_fr="Tifaout",
        name_ar="تيفاوت",
        registration_number="12/2020",
        registered_on=date(2020, 1, 2),
        women=7,
        men=2,
        is_womens=True,
        label_codes=["igp"],
    )
    province, region, sector = cooperative.province, cooperative.region, cooperative.sector

    [found] = build([cooperative.pk])

    assert found == Document(
        kind="cooperative",
        id=cooperative.pk,
        names=("Tifaout", "تيفاوت"),
        body=(
            f"{sector.name_fr} {sector.name_ar}",
            "12/2020",
        ),
        proper=(
            f"  {province.name_fr} {province.name_ar} {province.aliases} "
            f"{region.name_fr} {region.name_ar} {region.aliases}",
        ),
        rank=300,
        terms={
            "region": (region.pk,),
            "province": (province.pk,),
            "commune": ("none",),
            "sector": (sector.pk,),
            "women": ("yes",),
            "youth": ("no",),
            "status": ("active",),
            "certificate": (),
            "sells": ("no",),
        },
        numbers={
            "sells": 0,
            "newest": 1577923200,
            "members": 9,
            "added": int(cooperative.created_at.timestamp()),
        },
    )


def test_a_place_is_found_as_registers_spell_it() -> None:
    province = ProvinceFactory(code="MA-CHE", name_fr="Chefchaouen", name_ar="شفشاون")
    [found] = build([CooperativeFactory(province=province).pk])
    assert "Chefchaouen شفشاون" in found.proper[0]
    assert "Chaouen Chefchaoun الشاون" in found.proper[0]


def test_who_sells() -> None:
    labels = {"cooperative__label_codes": ["bio", "igp"]}
    selling = ShopFactory(**labels).cooperative
    suspended = ShopFactory(state=ShopState.SUSPENDED, **labels).cooperative
    found = {
        one.id: (one.terms["sells"], one.terms["certificate"])
        for one in build([selling.pk, suspended.pk])
    }
    assert found == {selling.pk: (("yes",), ("bio", "igp")), suspended.pk: (("no",), ())}


def test_all_on_the_register() -> None:
    old = CooperativeFactory(registered_on=date(1950, 1, 1))
    gone = CooperativeFactory(status=CooperativeStatus.DISSOLVED)
    assert [one.id for one in build([old.pk, gone.pk])] == [old.pk, gone.pk]
    assert list(all_ids()) == [old.pk, gone.pk]
    assert build([old.pk])[0].numbers["newest"] == 0


@pytest.mark.parametrize("number", [1, 3])
def test_its_cost(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = [CooperativeFactory().pk for _ in range(number)]
    with django_assert_num_queries(4):
        assert len(build(ids)) == number
