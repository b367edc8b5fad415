"""From near to far: the commune, its province, then province after province."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taawon.places import distance
from taawon.places.models import Commune
from taawon.web.market import near
from taawon.web.market.near import Near
from tests.factories import CooperativeFactory, ProvinceFactory, RegionFactory
from tests.web.market.build import MANY, PROVINCES, Entry, index, register

__all__ = ["index"]


def pages(here: Near, per_page: int, words: str = "", **filters: list[str]) -> list[int]:
    """All ids, page after page."""
    ids: list[int] = []
    for page in range(1, MANY + 2):
        found = near.find(
            here, words=words, filters=filters, page=page, per_page=per_page, facets=("women",)
        )
        assert len(found.ids) <= per_page
        if not found.ids:
            assert len(ids) == found.count
            break
        ids += found.ids
    return ids


def steps(entries: list[Entry], ids: list[int], here: Near) -> list[int]:
    """How far each is: -1 in the commune, 0 in the province, else kilometres."""
    by_id = {entry.id: entry for entry in entries}
    around = distance.around(here.province)
    return [
        -1
        if here.commune in by_id[pk].values["commune"]
        else around[min(by_id[pk].values["province"])]
        for pk in ids
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("code", [*PROVINCES, "MA-TIZ.1", "MA-OUD.2"])
def test_everything_from_near_to_far(code: str, index: Callable[[], None]) -> None:
    entries = register()
    index()
    here = near.of(code)
    assert here is not None
    for per_page in (1, 7, 24):
        ids = pages(here, per_page)
        assert sorted(ids) == sorted(entry.id for entry in entries)
        far = steps(entries, ids, here)
        assert far == sorted(far)


@pytest.mark.django_db
def test_with_filters(index: Callable[[], None]) -> None:
    entries = register()
    index()
    here = Near("MA-TIZ", "MA-TIZ.1")
    asked: list[dict[str, list[str]]] = [
        {"province": ["MA-CAS", "MA-TIZ"]},
        {"province": ["MA-TIZ"], "commune": ["MA-TIZ.2"]},
        {"women": ["yes"], "region": ["MA-09"]},
        {"status": ["struck_off"], "women": ["yes"], "youth": ["yes"], "sells": ["yes"]},
    ]
    for filters in asked:
        ids = pages(here, 5, **filters)
        assert sorted(ids) == sorted(one.id for one in entries if one.passes(filters))
        far = steps(entries, ids, here)
        assert far == sorted(far)
    named = pages(here, 5, "Wardane")
    assert sorted(named) == sorted(one.id for one in entries if one.word == "Wardane")


@pytest.mark.django_db
def test_counts_stay_those_of_the_whole(index: Callable[[], None]) -> None:
    entries = register()
    index()
    found = near.find(
        Near("MA-TIZ"), words="", filters={}, page=2, per_page=7, facets=("women", "region")
    )
    women = sum("yes" in entry.values["women"] for entry in entries)
    assert found.count == MANY
    assert found.facets["women"] == {"yes": women, "no": MANY - women}
    assert sum(found.facets["region"].values()) == MANY


@pytest.mark.django_db
def test_places_by_their_code() -> None:
    province = ProvinceFactory()
    Commune.objects.create(code="09.581.01.01", name_fr="Aglou", province=province)
    assert near.of("MA-TIZ") == Near("MA-TIZ")
    commune = near.of("09.581.01.01")
    assert commune == Near("MA-TIZ", "09.581.01.01")
    assert (commune.code, commune.name) == ("09.581.01.01", "Aglou")
    assert [near.of(code) for code in ("", "MA-09", "x" * 500)] == [None] * 3
    assert near.kilometres(Near("MA-TIZ"), "MA-TIZ") is None
    assert near.kilometres(Near("MA-TIZ"), "MA-CHT") == distance.around("MA-TIZ")["MA-CHT"]
    assert near.kilometres(Near("MA-TIZ"), "MA-XYZ") is None


@pytest.mark.django_db
def test_a_province_of_the_database_alone_comes_last(index: Callable[[], None]) -> None:
    new = ProvinceFactory(code="MA-NEW", region=RegionFactory())
    far = CooperativeFactory(province=new)
    close = CooperativeFactory()
    index()
    assert pages(Near("MA-TIZ"), 1) == [close.pk, far.pk]


@pytest.mark.django_db
def test_a_position_becomes_a_province_and_is_gone(client: Client) -> None:
    register()
    answer = client.get("/fr/cooperatives/near/?at=30.4,-8.9&women=yes&region=MA-06&page=2")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/fr/cooperatives/?near=MA-TAR&women=yes",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at", ["", "x", "1", "91,0", "0,181", "nan,nan", "inf,0", "1,2,3", "9" * 99]
)
def test_what_is_no_position(client: Client, at: str) -> None:
    register()
    answer = client.get("/fr/cooperatives/near/", {"at": at})
    assert answer.status_code == 200
    assert "n’a pas pu" in answer.text or "could not be read" in answer.text


@given(st.text(max_size=30))
def test_any_text_is_no_fault(text: str) -> None:
    if "," not in text:
        assert near.at(text) is None


@pytest.mark.django_db
def test_only_the_choice_of_a_place_may_ask_where_one_is(client: Client) -> None:
    register()
    asks = "geolocation=(self), microphone=(), camera=()"
    page = client.get("/fr/cooperatives/near/?province=MA-TIZ&women=yes&near=MA-CAS")
    assert page["Permissions-Policy"] == asks
    assert '<option value="MA-TIZ" selected>' in page.text
    assert '<option value="MA-TIZ.1">Tiznit 1</option>' in page.text
    assert '<input type="hidden" name="women" value="yes">' in page.text
    assert 'name="near" value="MA-CAS"' not in page.text
    assert "geolocation=()" in client.get("/fr/cooperatives/")["Permissions-Policy"]
