"""Open data on the pages: small files at once, large ones by way of a page that shows progress."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from taawon.observatory import register
from taawon.observatory.models import Download
from taawon.observatory.services import downloads, making
from taawon.observatory.states import DownloadState, Form
from taawon.web import pagecache
from tests.observatory.build import three

pytestmark = pytest.mark.django_db
DATA = "/fr/observatory/data/"


@pytest.fixture(autouse=True)
def _no_page_is_kept() -> None:
    pagecache.forget()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are many."""
    monkeypatch.setattr(downloads, "LARGE", 2)


def content(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_what_there_is(client: Client, language: str) -> None:
    three()
    page = client.get(f"/{language}/observatory/data/").content.decode()
    for value, label in Form.choices:
        assert f'name="form" value="{value}"' in page
        assert f"<bdi>{label}</bdi>" in page
    assert "/api/v1/open/catalog.jsonld" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    for form in ("csv", "xlsx", "json"):
        assert f"/{language}/observatory/official-2019/data.{form}" in page
    for column in (*register.COLUMNS, "publisher", "share_permille"):
        assert f'dir="ltr">{column}</bdi></th>' in page


def test_the_form_leads_to_an_address_that_stays(client: Client) -> None:
    three()
    response = client.get(f"{DATA}register/?region=MA-09&sector=&women=yes&form=xlsx")
    assert response["Location"] == f"{DATA}register.xlsx?region=MA-09&women=yes"
    assert client.get(f"{DATA}register/?form=csv")["Location"] == f"{DATA}register.csv"
    assert client.get(f"{DATA}register/?form=pdf").status_code == 404


@pytest.mark.parametrize("name", ["women", "womens"])
def test_womens_cooperatives_of_a_region_with_their_publisher(client: Client, name: str) -> None:
    first, _, _ = three()
    response = client.get(f"{DATA}register.csv?region=MA-09&{name}=yes")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="taawon-register-MA-09-womens-' in response["Content-Disposition"]
    text = content(response).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["id"], row["publisher"]) == (str(first.pk), "Taawon (http://127.0.0.1:8000)")


@pytest.mark.parametrize("form", Form.values)
def test_every_form(client: Client, form: str) -> None:
    three()
    assert len(content(client.get(f"{DATA}register.{form}"))) > 500


@pytest.mark.parametrize(
    ("query", "status"),
    [("register.pdf", 404), ("register.csv?region=x", 422), ("register.csv?women=%00", 422)],
)
def test_what_is_not_there(client: Client, query: str, status: int) -> None:
    assert client.get(DATA + query).status_code == status


def test_a_large_file_is_asked_for_and_followed(
    client: Client, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    three()
    monkeypatch.setattr(making, "make_waiting", lambda: 0)
    offer = client.get(f"{DATA}register.json?region=MA-09")
    assert offer.status_code == 409
    assert 'name="region" value="MA-09"' in offer.content.decode()
    assert offer["Cache-Control"] == "private, no-store"

    asked = client.post(f"{DATA}ask/", {"form": "json", "region": "MA-09"})

    download = Download.objects.get()
    assert asked["Location"] == f"{DATA}files/{download.code}/"
    page = client.get(asked["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<progress class="progress" max="100" value="0"' in page
    assert client.get(f"{asked['Location']}file/").status_code == 404

    monkeypatch.undo()
    making.make_waiting()
    page = client.get(asked["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' not in page
    file = content(client.get(f"{asked['Location']}file/"))
    assert len(json.loads(file)["cooperatives"]) == 2


def test_one_that_is_there_is_sent_at_once(client: Client, large: None) -> None:
    three()
    client.post(f"{DATA}ask/", {"form": "geojson"})
    response = client.get(f"{DATA}register.geojson")
    assert response["Content-Type"] == "application/geo+json"
    assert len(json.loads(content(response))["features"]) == 3


@pytest.mark.parametrize("state", DownloadState.values)
def test_every_state_has_its_page(client: Client, state: str) -> None:
    download = Download.objects.create(form="csv", state=state, rows=3)
    if state == DownloadState.READY:
        Download.objects.filter(pk=download.pk).update(made_at=download.asked_at)
    for language in ("fr", "ar"):
        assert client.get(f"/{language}/observatory/data/files/{download.code}/").status_code == 200


def test_files_that_are_gone(client: Client) -> None:
    gone = Download.objects.create(form="csv", state=DownloadState.READY, file="observatory/x.csv")
    assert client.get(f"{DATA}files/{gone.code}/file/").status_code == 404
    assert client.get(f"{DATA}files/NOTHING/").status_code == 404


def test_asking_needs_the_form_of_the_page(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{DATA}ask/", {"form": "csv"}).status_code == 403
    assert client.get(f"{DATA}ask/").status_code == 405
    assert client.post(f"{DATA}ask/", {"form": "pdf"}).status_code == 422
    assert Download.objects.count() == 0
