"""An error is reported by anybody, and an address leads where its entry went."""

from __future__ import annotations

import pytest

from taawon.cooperatives.models import Cooperative, Report
from tests.factories import CooperativeFactory

pytestmark = pytest.mark.django_db
WRONG = {"kind": "place", "text": "Elle est à Agadir."}


def address(entry: Cooperative, language: str = "fr") -> str:
    return f"/{language}/cooperatives/{entry.slug}-{entry.pk}/"


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_the_page_in_every_language(client, language):
    entry = CooperativeFactory()
    page = client.get(f"{address(entry, language)}report/")
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("max-age=0")


def test_a_guest_reports_an_error(client):
    entry = CooperativeFactory()

    done = client.post(f"{address(entry)}report/", {**WRONG, "phone": "0612345678"})

    assert done["Location"] == address(entry)
    made = Report.objects.get()
    assert (made.cooperative_id, made.kind, made.text, made.phone) == (
        entry.pk,
        "place",
        "Elle est à Agadir.",
        "+212612345678",
    )
    assert made.language == "fr"


@pytest.mark.parametrize(
    ("more", "field"),
    [({"kind": "x"}, "kind"), ({"text": " "}, "text"), ({"phone": "12"}, "phone")],
)
def test_what_is_wrong_keeps_its_words(client, more, field):
    entry = CooperativeFactory()
    page = client.post(f"{address(entry)}report/", {**WRONG, **more})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert Report.objects.count() == 0


def test_too_many_from_one_address(client, settings):
    settings.RATE_LIMIT = True
    entry = CooperativeFactory()
    answers = [client.post(f"{address(entry)}report/", WRONG).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
    assert Report.objects.count() == 10


@pytest.mark.parametrize("slug_id", ["x-0", "x-999999999999999999"])
def test_of_nothing(client, slug_id):
    assert client.get(f"/fr/cooperatives/{slug_id}/report/").status_code == 404


def test_an_entry_that_was_merged_leads_to_the_one_that_is_left(client):
    kept = CooperativeFactory(slug="tifaout")
    gone = CooperativeFactory(slug="tifawt", merged_into=kept)

    moved = client.get(address(gone))

    assert (moved.status_code, moved["Location"]) == (301, address(kept))
    assert moved["Cache-Control"] == "max-age=600"
    assert client.get(f"/fr/cooperatives/old-name-{gone.pk}/")["Location"] == address(kept)
    report = client.get(f"{address(gone)}report/")
    assert report["Location"] == f"{address(kept)}report/"


def test_the_sitemap_and_the_lists_leave_it_out(client):
    kept = CooperativeFactory()
    gone = CooperativeFactory(slug="parti", merged_into=kept)
    listed = client.get("/fr/cooperatives/").content.decode()
    assert f"-{kept.pk}/" in listed
    assert f"parti-{gone.pk}" not in listed
