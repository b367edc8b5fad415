"""The pages of the observatory in French and Arabic: what they say, where they lead, who frames."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from taawon.core import memory
from taawon.core.actor import Actor
from taawon.observatory import series
from taawon.observatory.models import Snapshot
from taawon.observatory.services import snapshots
from taawon.web import pagecache
from tests.factories import CooperativeFactory, ProvinceFactory, RegionFactory, ShopFactory

pytestmark = pytest.mark.django_db
CREDIT = "OpenStreetMap"


@pytest.fixture(autouse=True)
def _no_page_is_kept() -> None:
    pagecache.forget()


@pytest.fixture
def register() -> None:
    oriental = RegionFactory(code="MA-02", name_fr="Oriental", name_ar="الشرق")
    far = ProvinceFactory(code="MA-OUJ", name_fr="Oujda", name_ar="وجدة", region=oriental)
    CooperativeFactory.create_batch(6, women=7, men=5, is_womens=True, registered_on="2024-05-01")
    CooperativeFactory.create_batch(8, women=6, men=9, registered_on="2020-02-01")
    CooperativeFactory.create_batch(5, province=far, women=6, men=9, is_womens=True)
    ShopFactory(cooperative=CooperativeFactory(province=far, women=6, men=9))


def get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return response


def words(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
@pytest.mark.parametrize("code", series.ALL)
def test_every_series_has_a_page_and_a_frame(
    client: Client, register: None, language: str, code: str
) -> None:
    page = words(get(client, f"/{language}/observatory/{code}/"))
    frame = words(get(client, f"/{language}/observatory/{code}/embed/"))
    for text in (page, frame):
        assert ('<svg class="atlas"' in text) is (CREDIT in text)
        assert f"/{language}/observatory/{code}/" in text
    assert f"/{language}/observatory/{code}/data.csv" in page
    assert "&lt;iframe src=&quot;" in page
    assert "<form" not in frame
    assert "<script" not in frame


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_overview(client: Client, register: None, language: str) -> None:
    page = words(get(client, f"/{language}/observatory/"))
    assert CREDIT in page
    for code in series.ALL:
        assert f'href="/{language}/observatory/{code}/"' in page
    assert "27\u202f262" in page
    assert "35\u00a0%" in page
    assert "14,4\u00a0%" in page


def test_the_foot_leads_there(client: Client) -> None:
    assert 'href="/fr/observatory/"' in words(get(client, "/fr/about/"))


def test_a_region_of_the_map_is_a_link_that_says_its_figure(client: Client, register: None) -> None:
    page = words(get(client, "/en/observatory/cooperatives/"))
    assert (
        '<a class="q2" href="/en/cooperatives/?region=MA-09" aria-label="Souss-Massa: 14">' in page
    )
    page = words(get(client, "/en/observatory/official-2019/"))
    assert 'href="#line-MA-09" aria-label="Souss-Massa: 2,501">' in page


def test_what_was_published_stays_apart(client: Client) -> None:
    page = words(get(client, "/en/observatory/official-2019/"))
    assert "27,262" in page
    assert 'class="unallocated"' in page
    page = words(get(client, "/en/observatory/official-womens-2019/"))
    assert "Definition: not published." in page
    assert "35%" in page
    assert "14.4%" not in page


def test_the_page_of_a_snapshot_stays(client: Client, register: None, clock: Any) -> None:
    month = snapshots.take(snapshots.month_of(clock.now()), by=Actor.system()).month
    address = f"/fr/observatory/cooperatives/?snapshot={month}"
    before = words(get(client, address))
    assert f"/fr/observatory/cooperatives/data.csv?snapshot={month}" in before
    assert f"/fr/observatory/cooperatives/embed/?snapshot={month}" in before

    CooperativeFactory.create_batch(3)
    memory.forget()
    pagecache.forget()

    assert words(get(client, address)) == before
    months = words(get(client, "/fr/observatory/months/"))
    assert f"/fr/observatory/cooperatives/?snapshot={month}" in months


@pytest.mark.parametrize(
    "address",
    [
        "nothing/",
        "nothing/embed/",
        "nothing/data.csv",
        "cooperatives/data.geojson",
        "cooperatives/?snapshot=2019-01",
        "cooperatives/?snapshot=2019-13",
        "cooperatives/?snapshot=%00",
        "cooperatives/?snapshot=x",
        "official-2019/?snapshot=2026-10",
        "months/?snapshot=2026-10",
    ],
)
def test_what_is_not_there(client: Client, address: str) -> None:
    Snapshot.objects.create(month="2026-10", text="{}", sha256="0" * 64)
    assert client.get(f"/fr/observatory/{address}").status_code == 404


def test_only_frames_may_be_framed(client: Client) -> None:
    page = get(client, "/fr/observatory/official-2019/")
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    frame = get(client, "/fr/observatory/official-2019/embed/")
    assert "X-Frame-Options" not in frame
    assert frame["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "default-src 'self'" in frame["Content-Security-Policy"]
    assert frame.cookies == {}


def table(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_table_as_a_file_adds_up(client: Client) -> None:
    lines = table(get(client, "/fr/observatory/official-2019/data.csv"))
    numbers = {line["code"]: int(line["number"]) for line in lines}
    total = numbers.pop("total")
    assert (total, numbers["unallocated"], sum(numbers.values())) == (27_262, 2, 27_262)
    assert {line["as_of"] for line in lines} == {"2019-12-31"}
    assert {line["source"] for line in lines} == {
        "Office du Développement de la Coopération (ODCO)"
    }


def test_a_table_as_json_has_its_words_once(client: Client, register: None) -> None:
    response = get(client, "/en/observatory/womens-cooperatives/data.json")
    assert response["Content-Disposition"].endswith('"taawon-womens-cooperatives.json"')
    found = response.json()
    assert (found["code"], found["unit"]) == ("womens-cooperatives", "cooperatives")
    assert found["address"] == "http://127.0.0.1:8000/en/observatory/womens-cooperatives/"
    assert found["columns"][:2] == [
        {"code": "share_permille", "name": "Share of women’s cooperatives", "unit": "‰"},
        {"code": "womens", "name": "Women’s cooperatives", "unit": "cooperatives"},
    ]
    rows = {row["code"]: row for row in found["rows"]}
    assert rows["MA-02"] == {
        "code": "MA-02",
        "name": "Oriental",
        "share_permille": None,
        "womens": None,
        "others": None,
        "all": 6,
        "withheld": ["share_permille", "womens", "others"],
    }
    assert (rows["total"]["womens"], rows["total"]["withheld"]) == (11, [])


def test_a_table_as_a_workbook(client: Client) -> None:
    response = get(client, "/fr/observatory/official-2019/data.xlsx")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    # A heading, twelve regions, what none claims, the whole.
    assert sheet.count("<row ") == 15
    assert "<v>27262</v>" in sheet


def test_a_file_says_what_is_withheld(client: Client, register: None) -> None:
    lines = table(get(client, "/fr/observatory/womens-cooperatives/data.csv"))
    by_code = {line["code"]: line for line in lines}
    assert by_code["MA-02"]["womens"] == ""
    assert by_code["MA-02"]["withheld"] == "share_permille womens others"
    assert by_code["total"]["womens"] == "11"
    assert by_code["total"]["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    page = words(get(client, "/en/observatory/womens-cooperatives/"))
    assert page.count('class="withheld"') == 6


@pytest.mark.parametrize("rows", [1, 3])
def test_what_a_page_costs(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CooperativeFactory.create_batch(rows)
    # Categories of the strip, regions, provinces, sectors, the register, the snapshots.
    with django_assert_num_queries(6):
        get(client, "/fr/observatory/cooperatives/")
    with django_assert_num_queries(0):
        get(client, "/fr/observatory/")


@pytest.mark.parametrize("code", ["womens-cooperatives", "members", "sectors-by-region"])
@pytest.mark.parametrize("rest", ["", "embed/"])
def test_what_is_withheld_is_said_to_be_protected_no_more_than_it_is(
    client: Client, register: None, code: str, rest: str
) -> None:
    """The register itself is public: whoever counts its entries finds the same numbers."""
    few = ProvinceFactory(code="MA-FEW", region=RegionFactory(code="MA-10"))
    CooperativeFactory(province=few, women=2, men=3)
    memory.forget()
    page = words(get(client, f"/en/observatory/{code}/{rest}"))
    assert "cannot be computed from this table and its totals" in page
    assert "The register itself is public" in page
    assert str(series.ALL[code].method).count("the register is public, entry by entry") == 1
