from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import CooperativeStatus
from taawon.places.models import Commune
from tests.api.client import Api, fields, ids
from tests.factories import (
    CategoryFactory,
    CooperativeFactory,
    LabelFactory,
    ProvinceFactory,
    RegionFactory,
    SectorFactory,
    ShopFactory,
)

pytestmark = pytest.mark.django_db
Index = Callable[[], None]


def test_a_cooperative_in_a_list(api: Api, index: Index) -> None:
    shop = ShopFactory(
        cooperative__name_fr="Tifaout",
        cooperative__name_ar="تيفاوت",
        cooperative__slug="tifaout",
        cooperative__is_womens=True,
        cooperative__women=12,
        cooperative__registered_on=date(2015, 3, 1),
    )
    index()

    assert api.get("cooperatives").json() == {
        "count": 1,
        "next": None,
        "results": [
            {
                "id": shop.pk,
                "name": "Tifaout",
                "names": {"fr": "Tifaout", "ar": "تيفاوت"},
                "region": "MA-09",
                "province": "MA-TIZ",
                "commune": "",
                "sector": "argan",
                "status": "active",
                "is_womens": True,
                "is_youth": False,
                "women": 12,
                "men": 0,
                "registered_on": "2015-03-01",
                "sells": True,
                "paused": False,
                "url": f"/fr/cooperatives/tifaout-{shop.pk}/",
            }
        ],
        "facets": {
            "region": {"MA-09": 1},
            "province": {"MA-TIZ": 1},
            "sector": {"argan": 1},
            "women": {"yes": 1},
            "youth": {"no": 1},
            "certificate": {},
            "sells": {"yes": 1},
            "status": {"active": 1},
        },
    }


def test_cooperatives_by_words_region_and_sector(api: Api, index: Index) -> None:
    RegionFactory(code="MA-06")
    SectorFactory(code="crafts", name_fr="Artisanat", name_ar="حرف")
    argan = CooperativeFactory(name_fr="Argane d’or")
    crafts = CooperativeFactory(name_fr="Tapis", sector=SectorFactory(code="crafts"))
    elsewhere = CooperativeFactory(
        name_fr="Argane du nord",
        province=ProvinceFactory(code="MA-CAS", region=RegionFactory(code="MA-06")),
    )
    index()

    assert sorted(ids(api.get("cooperatives?q=argane"))) == [argan.pk, elsewhere.pk]
    assert ids(api.get("cooperatives?region=MA-06")) == [elsewhere.pk]
    assert ids(api.get("cooperatives?sector=crafts")) == [crafts.pk]
    wrong = api.get("cooperatives?sector=nothing")
    assert (wrong.status_code, fields(wrong)) == (422, [("sector", "invalid")])


def test_cooperatives_by_each_filter(api: Api, index: Index) -> None:
    LabelFactory(code="igp")
    young = ShopFactory(cooperative__is_youth=True, cooperative__label_codes=["igp"]).cooperative
    Commune.objects.create(code="09.581.01.01", name_fr="Aglou", province=young.province)
    old = CooperativeFactory(
        commune_id="09.581.01.01",
        status=CooperativeStatus.DISSOLVED,
        is_womens=True,
        women=9,
        registered_on=date(2001, 1, 1),
    )
    index()

    def found(asked: str) -> list[int]:
        return ids(api.get(f"cooperatives?{asked}"))

    for asked in ("youth=yes", "women=no", "sells=yes", "certificate=igp", "status=active"):
        assert (asked, found(asked)) == (asked, [young.pk])
    for asked in ("youth=no", "women=yes", "sells=no", "commune=09.581.01.01", "status=dissolved"):
        assert (asked, found(asked)) == (asked, [old.pk])
    assert found("province=MA-TIZ&commune=none") == [young.pk]
    assert (found("sort=members"), found("sort=")) == ([old.pk, young.pk], [young.pk, old.pk])
    within = api.get("cooperatives?province=MA-TIZ").json()["facets"]["commune"]
    assert within == {"none": 1, "09.581.01.01": 1}
    for name in ("province", "commune", "certificate", "status"):
        wrong = api.get(f"cooperatives?{name}=nothing")
        assert (wrong.status_code, fields(wrong)) == (422, [(name, "invalid")])
    assert api.get("cooperatives?women=perhaps").status_code == 422


def test_cooperatives_without_an_index(api: Api, index: Index) -> None:
    cooperative = CooperativeFactory(name_fr="Argane")
    CooperativeFactory(name_fr="Tapis")
    response = api.get("cooperatives?q=argane&region=MA-09")
    assert (response["Taawon-Complete"], ids(response)) == ("no", [cooperative.pk])


def test_a_cooperative_in_full(api: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    shop = ShopFactory(paused_until=timezone.localdate() + timedelta(days=2))
    Cooperative.objects.update(
        about_fr="Nous pressons",
        purpose_fr="Presser l’huile",
        phone="+212528000000",
        address="Aglou",
        registration_number="12/2020",
        court="Tiznit",
        capital_centimes=500_000,
        label_codes=["igp"],
        president="Rahma Tiwi",
        phone_on_record="+212661000000",
    )

    with django_assert_num_queries(2):
        said = api.get(f"cooperatives/{shop.pk}").json()

    assert said["about"] == "Nous pressons"
    assert said["abouts"] == {"fr": "Nous pressons"}
    assert (said["purpose"], said["purposes"]) == ("Presser l’huile", {"fr": "Presser l’huile"})
    assert (said["registration_number"], said["registration_kind"]) == ("12/2020", "register")
    assert (said["court"], said["capital_centimes"], said["labels"]) == ("Tiznit", 500_000, ["igp"])
    assert "Rahma" not in str(said)
    assert "661000000" not in str(said)
    assert (said["phone"], said["address"]) == ("+212528000000", "Aglou")
    assert (said["sells"], said["paused"], said["offers_pickup"]) == (True, True, True)
    assert said["paused_until"] == shop.paused_until.isoformat()


def test_a_cooperative_that_does_not_sell(api: Api) -> None:
    said = api.get(f"cooperatives/{CooperativeFactory().pk}").json()
    selling = ("sells", "paused", "paused_until", "offers_pickup")
    assert [said[name] for name in selling] == [False, False, None, False]


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40, str(2**63), "abc", "-1", "%00"])
@pytest.mark.parametrize("room", ["products", "cooperatives"])
def test_a_number_that_is_nothing(api: Api, room: str, number: str) -> None:
    assert api.get(f"{room}/{number}").status_code == 404


def test_regions(api: Api) -> None:
    RegionFactory(code="MA-09", name_fr="Souss-Massa", name_ar="سوس ماسة")
    assert api.get("regions?lang=ar").json() == {
        "count": 1,
        "next": None,
        "results": [
            {
                "code": "MA-09",
                "name": "سوس ماسة",
                "names": {"fr": "Souss-Massa", "ar": "سوس ماسة"},
            }
        ],
        "facets": {},
    }


def test_categories(api: Api) -> None:
    top = CategoryFactory(slug="ruche", name_fr="Ruche", name_ar="منحل")
    CategoryFactory(slug="miel", name_fr="Miel", name_ar="عسل", parent=top)
    said = api.get("categories").json()
    assert (said["count"], said["next"], said["facets"]) == (2, None, {})
    assert said["results"] == [
        {"slug": "ruche", "name": "Ruche", "names": {"fr": "Ruche", "ar": "منحل"}, "parent": None},
        {"slug": "miel", "name": "Miel", "names": {"fr": "Miel", "ar": "عسل"}, "parent": "ruche"},
    ]


def test_an_entry_that_was_merged_leads_to_the_one_that_is_left(api: Api) -> None:
    kept = CooperativeFactory(name_fr="Tifaout")
    gone = CooperativeFactory(merged_into=kept)

    moved = api.get(f"cooperatives/{gone.pk}?lang=ar")

    assert (moved.status_code, moved["Location"]) == (
        308,
        f"/api/v1/cooperatives/{kept.pk}?lang=ar",
    )
    assert moved["Cache-Control"] == "no-store"
    assert api.get(f"cooperatives/{kept.pk}").json()["id"] == kept.pk


def test_without_an_index_it_is_left_out(api: Api, index: Index) -> None:
    kept = CooperativeFactory(name_fr="Argane")
    CooperativeFactory(name_fr="Argane", merged_into=kept)
    assert ids(api.get("cooperatives?q=argane")) == [kept.pk]
