"""The page of one cooperative: all that the register says of it, and nothing that is private."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from taawon.cooperatives import history
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import CooperativeStatus, ShopState, Source
from taawon.core.actor import Actor
from taawon.core.text import slug
from taawon.web import pagecache
from taawon.web.market import origins
from tests.factories import (
    CooperativeFactory,
    LabelFactory,
    ProductFactory,
    ShopFactory,
    staff,
)
from tests.web.market.one import entry, path, words

pytestmark = pytest.mark.django_db
SECRETS = ("Rahma Tiwi", "+212661000000", "661000000")


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    pagecache.forget()


def test_what_it_says(client: Client) -> None:
    one = entry()
    history.begin(one, source=Source.IMPORT, title="Registre central", by=Actor.system())
    text = words(client.get(path(one)).text)
    for said in (
        "Tifaout",
        "تيفاوت",
        "Presser l’huile",
        "Agriculture, forêt et mer",
        "12/2020",
        "2 janvier 2020",
        "12 500 DH",
        "Aglou, Tiznit, Souss-Massa",
        "Derrière le souk",
        "Registre central",
        f"/c/{one.pk}/",
        "OpenStreetMap",
    ):
        assert said in text, said


def test_in_arabic_from_right_to_left(client: Client) -> None:
    page = client.get(path(entry(), "ar")).text
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1>تيفاوت</h1>\n<p class="lead other-name" lang="fr" dir="ltr">Tifaout</p>' in page
    assert "أكلو، تيزنيت، سوس ماسة" in page


def test_nothing_private_is_shown(client: Client) -> None:
    one = entry()
    system = Actor.system()
    history.begin(one, source=Source.IMPORT, by=system)
    old = {"president": "Rahma Tiwi", "women": 9}
    new = {"president": "Aïcha Baha", "women": 11}
    history.note(one.pk, old, new, source=Source.TEAM, by=system)
    history.note(
        one.pk, {"president": "Aïcha Baha"}, {"president": "X"}, source=Source.TEAM, by=system
    )
    page = client.get(path(one)).text
    assert [secret for secret in (*SECRETS, "Aïcha Baha") if secret in page] == []
    assert "<del><bdi>9</bdi></del> → <bdi>11</bdi>" in page
    # The first, and the one that changed something public; not the one that changed nothing else.
    history_shown = page.partition(" reversed>")[2].partition("</ol>")[0]
    assert history_shown.count("<li><b>") == 2


def test_what_was_taken_back_is_told_without_the_person(client: Client) -> None:
    one, by = entry(), staff()
    history.begin(one, source=Source.IMPORT, by=by)
    old, new = {"women": 9, "president": "Rahma"}, {"women": 11, "president": "Aïcha Baha"}
    changed = history.note(one.pk, old, new, source=Source.IMPORT, title="Extrait", by=by)
    assert changed is not None
    history.undo(changed, {"women", "president"}, by=by)
    page = client.get(path(one)).text
    history_shown = page.partition(" reversed>")[2].partition("</ol>")[0]
    assert history_shown.count("<li><b>") == 3
    assert history_shown.count("Extrait") == 2
    assert history_shown.index("<del><bdi>11</bdi></del> → <bdi>9</bdi>") < history_shown.index(
        "<del><bdi>9</bdi></del> → <bdi>11</bdi>"
    )
    assert "Baha" not in page


def test_a_private_field_is_not_told() -> None:
    one = entry()
    first = history.begin(one, source=Source.IMPORT, by=Actor.system())
    [step] = origins.steps([first])
    assert "President" not in [change.field for change in step.changes]
    assert "Rahma Tiwi" not in str(step)


def test_the_phone_as_its_owner_allows(client: Client) -> None:
    one = entry()
    assert "tel:" not in client.get(path(one)).text
    pagecache.forget()
    Cooperative.objects.update(phone="+212528000000")
    assert '<a class="button button--soft" href="tel:+212528000000">' in client.get(path(one)).text


def test_labels_are_those_of_an_open_shop(client: Client) -> None:
    LabelFactory(code="igp", name_fr="Indication protégée")
    one = entry(label_codes=["igp"])
    shop = ShopFactory(cooperative=one)
    assert "Indication protégée" in client.get(path(one)).text
    pagecache.forget()
    shop.state = ShopState.SUSPENDED
    shop.save()
    assert "Indication protégée" not in client.get(path(one)).text


def test_what_machines_read(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://taawon.example"
    one = entry(phone="+212528000000")
    page = client.get(path(one)).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    assert json.loads(found[1]) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Tifaout",
        "alternateName": ["تيفاوت"],
        "description": "Presser l’huile",
        "url": f"https://taawon.example/fr/cooperatives/tifaout-{one.pk}/",
        "sameAs": f"https://taawon.example/c/{one.pk}/",
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": one.get_registration_kind_display(),
            "value": "12/2020",
        },
        "foundingDate": "2020-01-02",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Derrière le souk",
            "addressRegion": "Souss-Massa",
            "addressLocality": "Aglou",
            "addressCountry": "MA",
        },
        "areaServed": {"@type": "AdministrativeArea", "name": "Souss-Massa"},
        "knowsAbout": "Argan",
        "telephone": "+212528000000",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_its_cost(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = ShopFactory(cooperative=entry()).cooperative
    for number in range(count):
        ProductFactory(cooperative=one)
        changes = {"women": number}, {"women": number + 1}
        history.note(one.pk, *changes, source=Source.TEAM, by=Actor.system())
    client.get(path(one))  # What hardly ever changes is in memory by now.
    pagecache.forget()
    with django_assert_num_queries(3):
        assert client.get(path(one)).status_code == 200


def test_the_least_that_an_entry_holds(client: Client) -> None:
    one = CooperativeFactory(name_ar="", status=CooperativeStatus.STRUCK_OFF)
    answer = client.get(path(one))
    assert answer.status_code == 200
    assert "pill--warning" in answer.text
    assert 'class="share"' not in answer.text
    assert "/seller/open/" not in answer.text
    active = CooperativeFactory()
    assert f"/fr/seller/open/{active.pk}/" in client.get(path(active)).text


def test_the_short_address(client: Client) -> None:
    one = entry()
    for asked, language in (("ar", "ar"), ("fr-FR", "fr"), ("de", "fr")):
        answer = client.get(f"/c/{one.pk}/", headers={"accept-language": asked})
        assert (answer.status_code, answer["Location"]) == (302, path(one, language))
        assert "Accept-Language" in answer["Vary"]
    assert client.get("/c/999999/").status_code == 404
    assert client.get(f"/c/{'9' * 30}/").status_code == 404


def test_an_entry_that_was_renamed_and_merged(client: Client) -> None:
    kept = entry()
    gone = CooperativeFactory(slug="jumeau", merged_into=kept)
    twice = CooperativeFactory(slug="triplet", merged_into=kept)
    old = client.get(f"/fr/cooperatives/old-name-{kept.pk}/")
    assert (old.status_code, old["Location"]) == (301, path(kept))
    for merged in (gone, twice):
        answer = client.get(path(merged))
        assert (answer.status_code, answer["Location"]) == (301, path(kept))
        short = client.get(f"/c/{merged.pk}/", headers={"accept-language": "fr"})
        assert short["Location"] == path(kept)


def test_the_code_to_print(client: Client) -> None:
    one = entry()
    answer = client.get(f"{path(one)}qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.text.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert client.get("/fr/cooperatives/x-999999/qr.svg").status_code == 404


def test_an_address_of_the_time_before_its_name_was_spelt_leads_on(client: Client) -> None:
    one = entry(name_fr="", slug=slug("", "تعاونية تيفاوت"))
    assert one.slug == "cooperative-tifaout"
    answer = client.get(f"/fr/cooperatives/x-{one.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, path(one))


def test_an_error_is_reported(client: Client) -> None:
    one = entry()
    assert f'href="{path(one)}report/"' in client.get(path(one)).text
