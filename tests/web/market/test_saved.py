"""The searches that a person keeps, on their page."""

from __future__ import annotations

import pytest
from django.test import Client

from taawon.search.models import SavedSearch
from taawon.web import pagecache
from tests.factories import PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    pagecache.forget()


def test_a_search_is_named_in_the_language_of_the_page(client: Client) -> None:
    RegionFactory(code="MA-05", name_fr="Béni Mellal-Khénifra", name_ar="بني ملال-خنيفرة")
    amina = PersonFactory()
    client.force_login(amina)
    SavedSearch.objects.create(
        person=amina,
        kind="cooperative",
        address="region=MA-05&region=MA-99&q=miel",
        title="miel · Béni Mellal-Khénifra",
        words="miel",
        # One of them is a value that nobody knows any more.
        filters={"region": ["MA-05", "MA-99"]},
    )
    page = client.get("/ar/searches/").text
    assert ">miel · بني ملال-خنيفرة</a>" in page
    assert "Khénifra" not in page
    assert ">miel · Béni Mellal-Khénifra</a>" in client.get("/fr/searches/").text
