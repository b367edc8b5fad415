from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taawon.cooperatives.states import CooperativeStatus
from taawon.web import pagecache
from taawon.web.market import directory
from taawon.web.market.directory import Asked
from taawon.web.market.near import Near
from tests.factories import CooperativeFactory, LabelFactory, SectorFactory, ShopFactory
from tests.web.market.build import index, register

__all__ = ["index"]

pytestmark = pytest.mark.django_db
Index = Callable[[], None]


def asked(query: str) -> Asked:
    return Asked.of(QueryDict(query))


def listed(page: str) -> list[int]:
    return [
        int(pk) for pk in re.findall(r'<h2><a href="/fr/cooperatives/[a-z0-9-]*-(\d+)/">', page)
    ]


def chips(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a class="chip" href="([^"]+)"><span[^>]+>[^<]+</span> ([^<]+)<', page)
    return [(name.strip(), unescape(url)) for url, name in found]


def test_what_the_address_asks_for() -> None:
    register()
    wanted = asked("q= Tifaout &region=MA-09&region=MA-09&region=MA-99&women=yes&youth=no&page=3")
    assert wanted == Asked(
        words="Tifaout",
        filters={"region": ["MA-09"], "women": ["yes"]},
        near=None,
        sort="",
        page=3,
    )
    assert asked("sector=food&sector=argan&sector=hands").filters == {"sector": ["argan", "hands"]}
    assert asked("near=MA-TIZ.1&sort=members").near == Near("MA-TIZ", "MA-TIZ.1")
    assert asked("sort=price&page=0&near=nowhere") == Asked("", {}, None, "", 1)
    assert "commune" in asked("province=MA-TIZ").facets
    assert "commune" not in asked("region=MA-09").facets


def test_so_many_values_and_no_more() -> None:
    for number in range(directory.MOST_CHOSEN + 5):
        SectorFactory(code=f"field-{number}")
    many = "&".join(f"sector=field-{number}" for number in range(directory.MOST_CHOSEN + 5))
    assert len(asked(many).filters["sector"]) == directory.MOST_CHOSEN


def test_each_filter_is_taken_off_by_itself(client: Client, index: Index) -> None:
    register()
    index()
    page = client.get("/fr/cooperatives/?q=Tifaout&near=MA-TIZ&sector=food&women=yes&page=2").text
    names, urls = zip(*chips(page), strict=True)
    assert urls == (
        "?near=MA-TIZ&sector=food&women=yes",
        "?q=Tifaout&sector=food&women=yes",
        "?q=Tifaout&near=MA-TIZ&women=yes",
        "?q=Tifaout&near=MA-TIZ&sector=food",
    )
    assert names[2:] == ("Filière food", "Coopératives féminines")
    assert '<meta name="robots" content="noindex, follow">' in page


def test_in_which_order(client: Client, index: Index) -> None:
    old = CooperativeFactory(women=9, registered_on=date(1999, 1, 1))
    new = CooperativeFactory(women=3, men=4, registered_on=date(2019, 1, 1))
    selling = ShopFactory(cooperative__registered_on=date(2009, 1, 1)).cooperative
    index()
    ids = [old.pk, new.pk, selling.pk]
    orders = {
        "": [selling.pk, *[pk for pk in ids if pk != selling.pk]],
        "newest": [new.pk, selling.pk, old.pk],
        "members": [old.pk, new.pk, selling.pk],
    }
    for sort, order in orders.items():
        found = listed(client.get(f"/fr/cooperatives/?sort={sort}").text)
        assert (sort, found[0], sorted(found)) == (sort, order[0], sorted(order))
        if sort:
            assert found == order


def test_what_is_not_active_bears_a_mark(client: Client, index: Index) -> None:
    CooperativeFactory()
    CooperativeFactory(status=CooperativeStatus.DISSOLVED)
    index()
    page = client.get("/fr/cooperatives/").text
    assert len(listed(page)) == 2
    assert re.findall(r'<span class="pill pill--warning">([^<]+)</span>', page) == ["dissoute"]
    assert len(listed(client.get("/fr/cooperatives/?status=active").text)) == 1


def test_nothing_found_and_what_hides_it(client: Client, index: Index) -> None:
    LabelFactory(code="igp", name_fr="Signe igp")
    argan = SectorFactory()
    for _ in range(2):
        CooperativeFactory(is_womens=True, name_fr="Tifaout")
    CooperativeFactory(is_youth=True, name_fr="Tifaout")
    index()
    path = f"/fr/cooperatives/?q=Tifaout&women=yes&youth=yes&sector={argan.pk}"
    page = client.get(path).text
    ways = re.findall(r'<li><a class="button" href="([^"]+)">.*?<bdi>(\d+)</bdi></span></a>', page)
    assert [(unescape(url), int(count)) for url, count in ways] == [
        ("?q=Tifaout&women=yes&sector=argan", 2),
        ("?q=Tifaout&youth=yes&sector=argan", 1),
    ]
    for url, count in ways:
        assert len(listed(client.get(f"/fr/cooperatives/{unescape(url)}").text)) == int(count)


def test_the_map_and_the_choice_of_a_place_keep_the_filters(client: Client, index: Index) -> None:
    register()
    index()
    page = client.get("/fr/cooperatives/?women=yes&region=MA-09&near=MA-TIZ&page=2").text
    assert 'href="/fr/cooperatives/map/?women=yes"' in page
    assert 'href="/fr/cooperatives/near/?women=yes"' in page
    atlas = client.get("/fr/cooperatives/map/?women=yes&region=MA-09").text
    assert chips(atlas) == [("Coopératives féminines", "?region=MA-09")]
    assert 'href="/fr/cooperatives/?region=MA-09&amp;women=yes"' in atlas
    assert "https://www.openstreetmap.org/copyright" in atlas


def test_how_far_it_is(client: Client, index: Index) -> None:
    register()
    index()
    page = client.get("/fr/cooperatives/?near=MA-TIZ&province=MA-TIZ&province=MA-CAS").text
    assert len(re.findall(r"<small>Tiznit[^<]* · Champ|<small>[^<]*, Tiznit · Champ", page)) > 0
    assert "<small>Casablanca · " in page or ", Casablanca · " in page
    assert re.search(r"Casablanca · [^<]*<bdi>\d{3}</bdi>[^<]*km", page)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?near=MA-TIZ", "?province=MA-TIZ&women=yes", "?q=nothing"])
def test_its_cost(client: Client, index: Index, count: int, query: str) -> None:
    for _ in range(count):
        CooperativeFactory(is_womens=True)
    index()
    client.get(f"/fr/cooperatives/{query}")  # What hardly ever changes is in memory by now.
    pagecache.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/fr/cooperatives/{query}").status_code == 200
    assert len(queries) == (0 if query == "?q=nothing" else 1)


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 10_000,
        "q=%00&region=%00&near=%00&page=-1",
        "q=%25_*%22+OR+1%3D1&sort=-members&sector=%27",
        "q=%E2%80%AE%E2%81%A6&near=%D9%A0",
        "page=99999",
        "&".join(f"region=MA-{n}" for n in range(500)),
    ],
)
def test_whatever_stands_in_the_address(client: Client, index: Index, query: str) -> None:
    register()
    index()
    for page in ("", "map/", "near/"):
        assert client.get(f"/ar/cooperatives/{page}?{query}").status_code == 200


def test_the_order_is_called_what_it_is(client: Client, index: Index) -> None:
    register()
    index()

    def first(query: str) -> str:
        page = client.get(f"/en/cooperatives/{query}").text
        return page.partition('<option value="" selected>')[2].partition("</option>")[0]

    assert first("") == "Selling online first"
    assert first("?women=yes") == "Selling online first"
    assert first("?q=Tifaout") == "Best match"
    assert first("?near=MA-TIZ") == "Nearest first"


def test_the_button_of_the_filters_says_how_many_it_shows(client: Client, index: Index) -> None:
    register()
    index()
    for query in ("", "?women=yes", "?women=yes&sector=argan"):
        page = client.get(f"/en/cooperatives/{query}").text
        button = page.partition('id="filters-apply">')[2].partition("</button>")[0]
        lead = page.partition('<p class="lead">')[2].partition("</p>")[0]
        assert button == f"<span>Show {lead}</span>"
        # What is ticked is counted anew.
        assert 'hx-trigger="change" hx-select="#filters-apply"' in page


@pytest.mark.parametrize("page", ["", "map/"])
def test_the_observatory_is_near(client: Client, page: str) -> None:
    main = client.get(f"/fr/cooperatives/{page}").text.partition("<main")[2].partition("</main>")[0]
    assert '<a class="button" href="/fr/observatory/">' in main


def test_the_map_names_its_regions(client: Client, index: Index) -> None:
    register()
    index()
    page = client.get("/fr/cooperatives/map/").text
    assert 'text-anchor="end" aria-hidden="true">Souss-Massa</text>' in page
