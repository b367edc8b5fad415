from __future__ import annotations

import pytest
from django.test import Client

from taawon.catalogue.models import Product
from taawon.web import pagecache
from tests.factories import MembershipFactory, ProductFactory

pytestmark = pytest.mark.django_db
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    pagecache.forget()


@pytest.fixture
def product():
    return ProductFactory(price_centimes=12000)


def path(product) -> str:
    return f"/fr/products/{product.slug}-{product.pk}/"


def test_without_a_cookie_a_page_is_kept(client, product, django_assert_num_queries):
    first = client.get(path(product))
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=10"
    Product.objects.filter(pk=product.pk).update(price_centimes=99900)

    with django_assert_num_queries(0):
        again = client.get(path(product))

    assert again.content == first.content
    assert again.cookies == {}


def test_with_a_cookie_it_never_is(client, product):
    client.get(path(product))
    Product.objects.filter(pk=product.pk).update(price_centimes=99900)
    client.cookies["anything"] = "1"

    fresh = client.get(path(product))

    assert "999" in fresh.text
    assert fresh["Cache-Control"] == "private, no-cache"


def test_what_is_kept_shows_nobodys_basket_name_or_token(product):
    person = MembershipFactory(person__name="Zineb Unique").person
    known = Client()
    known.force_login(person, backend="taawon.accounts.backend.PhoneCodeBackend")
    known.post("/fr/basket/add/", {"product": product.pk, "quantity": 7}, headers=SAME)
    for page in ("/fr/", "/fr/products/", path(product)):
        assert "Zineb Unique" in known.get(page).text
        kept = Client().get(page)
        assert kept["Cache-Control"].startswith("public")
        assert "Zineb Unique" not in kept.text
        assert "csrfmiddlewaretoken" not in kept.text
        assert "data-basket-count hidden>0" in kept.text


@pytest.mark.parametrize("page", ["basket/", "login/", "checkout/", "orders/find/"])
def test_forms_and_baskets_are_never_kept(client, page):
    answer = client.get(f"/fr/{page}")
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]


def test_errors_are_not_kept(client):
    assert client.get("/fr/products/nothing-999/").status_code == 404
    product = ProductFactory(pk=999, slug="nothing")
    assert client.get(path(product)).status_code == 200


def test_a_strange_host_is_refused(client):
    assert client.get("/fr/", headers={"host": "evil.example"}).status_code == 400
