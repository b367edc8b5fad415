from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from taawon.api import opendata
from taawon.core.actor import Actor
from taawon.observatory import register, series
from taawon.observatory.register import Filters
from taawon.observatory.services import snapshots
from taawon.search import feed
from tests.api.client import Api, fields, ids
from tests.factories import CooperativeFactory
from tests.observatory.build import three, tifaout

pytestmark = pytest.mark.django_db
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def test_a_page_of_the_register(api: Api) -> None:
    tifaout()
    found = api.get("open/cooperatives").json()
    assert found.pop("as_of")
    assert found == {
        "publisher": "Taawon (http://127.0.0.1:8000)",
        "source": "Taawon (http://127.0.0.1:8000)",
        "licence": LICENCE,
        "next": None,
        "results": register.after(0, 10, Filters()),
    }
    assert b"528123456" not in api.get("open/cooperatives").content


def test_filters(api: Api) -> None:
    first, second, third = three()
    assert ids(api.get("open/cooperatives?region=MA-09&women=yes")) == [first.pk]
    assert ids(api.get("open/cooperatives?sector=miel")) == [second.pk]
    assert ids(api.get("open/cooperatives?women=yes")) == [first.pk, third.pk]
    assert ids(api.get("open/cooperatives?womens=no")) == [second.pk]
    assert ids(api.get("open/cooperatives?region=&sector=&women=&cursor=")) == [
        first.pk,
        second.pk,
        third.pk,
    ]


def test_pages_hold_while_others_are_entered(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opendata, "PAGE", 2)
    made = [one.pk for one in CooperativeFactory.create_batch(5)]
    read: list[int] = []
    path = "open/cooperatives?region=MA-09"
    while path:
        response = api.get(path)
        read += ids(response)
        following = response.json()["next"]
        if len(read) == 2:
            made.append(CooperativeFactory().pk)
        path = following.removeprefix("/api/v1/") if following else ""
        assert not following or "region=MA-09" in following
    assert read == made


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("cursor=x", "cursor"),
        ("region=MA-99", "region"),
        ("sector=%00", "sector"),
        ("women=maybe", "women"),
    ],
)
def test_values_that_nobody_knows(api: Api, query: str, field: str) -> None:
    response = api.get(f"open/cooperatives?{query}")
    assert response.status_code == 422
    assert fields(response) == [(field, "invalid")]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_a_page_costs(
    api: Api, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CooperativeFactory.create_batch(rows)
    # The rows, who says them; sectors, regions, provinces.
    with django_assert_num_queries(5):
        assert len(ids(api.get("open/cooperatives"))) == rows


@pytest.mark.django_db(transaction=True)
def test_changes(api: Api) -> None:
    first, *_ = three()
    start = api.get("open/changes").json()
    assert (start["results"], start["more"], start["licence"]) == ([], False, LICENCE)
    with transaction.atomic():
        feed.changed("cooperative", first.pk, 999_999)

    found = api.get(f"open/changes?since={start['cursor']}").json()

    assert found["results"] == [
        {"id": first.pk, "cooperative": register.by_id([first.pk])[first.pk]},
        {"id": 999_999, "cooperative": None},
    ]
    assert api.get(f"open/changes?since={found['cursor']}").json()["results"] == []


def test_changes_that_are_not_kept_any_more(api: Api) -> None:
    response = api.get("open/changes?since=Yy4xLjI")
    assert response.status_code == 410
    assert response.json()["code"] == "cursor-too-old"
    assert fields(api.get("open/changes?since=x")) == [("since", "invalid")]


def test_a_snapshot_is_served_letter_by_letter(client: Client, clock: Any) -> None:
    three()
    taken = snapshots.take(snapshots.month_of(clock.now()), by=Actor.system())
    response = client.get(f"/api/v1/open/snapshots/{taken.month}.json")
    assert response.content == taken.text.encode()
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    for month in ("2019-01", "x", "2026-1"):
        assert client.get(f"/api/v1/open/snapshots/{month}.json").status_code == 404


def test_the_description_of_all_data(client: Client, clock: Any) -> None:
    taken = snapshots.take(snapshots.month_of(clock.now()), by=Actor.system())

    response = client.get("/api/v1/open/catalog.jsonld")

    assert response["Content-Type"] == "application/ld+json; charset=utf-8"
    found = json.loads(response.content)
    assert found["@type"] == "dcat:Catalog"
    sets = {one["dct:identifier"]: one for one in found["dcat:dataset"]}
    assert set(sets) == {"register", "snapshots", *series.ALL}
    addresses = [
        each["dcat:downloadURL"]["@id"].removeprefix("http://127.0.0.1:8000")
        for one in sets.values()
        for each in one["dcat:distribution"]
    ]
    assert "/fr/observatory/data/register.geojson" in addresses
    assert f"/api/v1/open/snapshots/{taken.month}.json" in addresses
    for address in addresses:
        answer = client.get(address)
        assert answer.getvalue()
        assert answer.status_code == 200, address
    for code, one in sets.items():
        assert {"dct:title", "dct:description", "dct:publisher"} <= set(one)
        assert [each["@language"] for each in one["dct:title"]] == ["fr", "ar", "en"]
        # What others published is not ours to license.
        official = code in series.ALL and series.ALL[code].official
        assert ("dct:license" in one) is not official
        for each in one["dcat:distribution"]:
            assert ("dct:license" in each) is not official
