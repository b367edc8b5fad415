from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from taawon.observatory import files, register
from taawon.observatory.files import LOCATION, About
from taawon.observatory.register import Filters, Row
from taawon.observatory.states import Form
from tests.factories import CooperativeFactory
from tests.observatory.build import three, tifaout

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ABOUT = About(datetime(2026, 11, 25, 9, 30, tzinfo=UTC), Filters(region="MA-09", women="yes"))
MEMBERS = {
    "title": "Register of Morocco's cooperatives",
    "publisher": "Taawon (http://127.0.0.1:8000)",
    "licence": LICENCE,
    "as_of": "2026-11-25T10:30:00+01:00",
    "columns": "http://127.0.0.1:8000/fr/observatory/data/#columns",
    "filters": {"region": "MA-09", "women": "yes"},
}


def whole(form: str, chunks: Any = None) -> bytes:
    out = io.BytesIO()
    files.write(form, out, register.chunks(Filters(), 2) if chunks is None else chunks, ABOUT)
    return out.getvalue()


@pytest.mark.django_db
def test_csv_bears_its_publisher_in_each_row() -> None:
    made = three()
    text = whole("csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [int(row["id"]) for row in rows] == [one.pk for one in made]
    assert list(rows[0]) == [*register.COLUMNS, "publisher", "licence", "as_of"]
    assert {(row["publisher"], row["licence"], row["as_of"]) for row in rows} == {
        (MEMBERS["publisher"], LICENCE, MEMBERS["as_of"])
    }
    assert (rows[0]["registration_number"], rows[0]["is_womens"]) == ("00123", "yes")
    assert (rows[0]["sells_online"], rows[1]["sells_online"]) == ("yes", "no")


@pytest.mark.django_db
def test_json_bears_its_publisher_beside_the_rows() -> None:
    made = three()
    found = json.loads(whole("json"))
    rows = found.pop("cooperatives")
    assert found == MEMBERS
    assert rows == register.after(0, 10, Filters())
    assert [row["id"] for row in rows] == [one.pk for one in made]


@pytest.mark.django_db
def test_geojson_knows_no_more_than_the_province() -> None:
    made = three()
    found = json.loads(whole("geojson"))
    features = found.pop("features")
    assert found == {"type": "FeatureCollection", **MEMBERS, "location": LOCATION}
    assert [feature["id"] for feature in features] == [one.pk for one in made]
    points = [feature["geometry"]["coordinates"] for feature in features]
    # Two in Tiznit, one in Oujda.
    assert points == [[-9.347, 29.592], [-9.347, 29.592], [-2.036, 34.668]]
    assert features[0]["properties"]["location"] == LOCATION
    assert features[0]["properties"]["name_fr"] == "Tifaout"


@pytest.mark.django_db
def test_a_workbook_has_a_sheet_of_its_source() -> None:
    three()
    with zipfile.ZipFile(io.BytesIO(whole("xlsx"))) as book:
        names = book.read("xl/workbook.xml").decode()
        first = book.read("xl/worksheets/sheet1.xml").decode()
        second = book.read("xl/worksheets/sheet2.xml").decode()
    assert '<sheet name="register"' in names
    assert '<sheet name="about"' in names
    assert first.count("<row ") == 4
    assert LICENCE in second
    assert "2026-11-25T10:30:00+01:00" in second


@pytest.mark.django_db
@pytest.mark.parametrize("form", Form.values)
def test_no_file_holds_a_phone_or_an_address(form: str) -> None:
    tifaout()
    content = whole(form)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    assert b"Tifaout" in content
    for secret in (b"528123456", b"Amandiers"):
        assert secret not in content


@pytest.mark.django_db
def test_formulas_are_text() -> None:
    CooperativeFactory(name_fr='=HYPERLINK("http://x.example")', registration_number="+1")
    [row] = csv.DictReader(io.StringIO(whole("csv").decode("utf-8-sig")), delimiter=";")
    assert row["name_fr"] == '\'=HYPERLINK("http://x.example")'
    assert row["registration_number"] == "'+1"
    with zipfile.ZipFile(io.BytesIO(whole("xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'=HYPERLINK" in sheet


@pytest.mark.parametrize("form", Form.values)
def test_an_empty_file_is_a_file(form: str) -> None:
    content = whole(form, [])
    if form in ("json", "geojson"):
        found = json.loads(content)
        assert found[{"json": "cooperatives", "geojson": "features"}[form]] == []
    assert content


@pytest.mark.parametrize("form", Form.values)
def test_memory_does_not_grow_with_the_register(form: str) -> None:
    row = dict.fromkeys(register.COLUMNS, "x" * 40) | {"id": 1, "province": "MA-TIZ"}

    def chunks(number: int) -> Iterator[list[Row]]:
        return ([{**row, "id": 1000 * n + i} for i in range(100)] for n in range(number))

    def peak(number: int) -> int:
        tracemalloc.start()
        with open("/dev/null", "wb") as out:
            files.write(form, out, chunks(number), ABOUT)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    # Ten times as many rows: half as much again at most.
    assert peak(40) < 1.5 * peak(4) + 100_000


def test_names_of_files() -> None:
    assert files.name("csv", ABOUT) == "taawon-register-MA-09-womens-2026-11-25.csv"
    assert files.name("geojson", About(ABOUT.as_of, Filters())) == (
        "taawon-register-2026-11-25.geojson"
    )
