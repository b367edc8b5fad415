from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taawon.orders.services import baskets
from taawon.reviews.models import Question, Review
from taawon.web import pagecache
from tests.factories import (
    MembershipFactory,
    OrderLineFactory,
    ProductFactory,
    actor,
)

pytestmark = pytest.mark.django_db
BACKEND = "taawon.accounts.backend.PhoneCodeBackend"


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    pagecache.forget()


@pytest.fixture
def person(client):
    known = MembershipFactory().person
    client.force_login(known, backend=BACKEND)
    return known


def path(product) -> str:
    return f"/fr/products/{product.slug}-{product.pk}/"


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
@pytest.mark.parametrize("page", ["", "products/", "cooperatives/", "about/", "privacy/", "login/"])
def test_every_page_in_every_language(client, language, page):
    ProductFactory()
    answer = client.get(f"/{language}/{page}")
    assert answer.status_code == 200
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_what_pages_cost_a_person_who_is_logged_in(client, person, count):
    made = [ProductFactory() for _ in range(count)]
    for _ in range(count):
        Question.objects.create(product=made[0], person=person, text="Bio ?")
        line = OrderLineFactory(product=made[0], order__cooperative=made[0].cooperative)
        Review.objects.create(product=made[0], line=line, stars=5, author="A.")
    basket = baskets.open_basket(by=actor(person))
    baskets.put(basket.pk, made[0].pk, 2, by=actor(person))
    cooperative = made[0].cooperative
    pages = {
        "/fr/": 4,  # While there is no index, which knows the newest.
        "/fr/products/": 4,
        path(made[0]): 6,
        "/fr/cooperatives/": 4,
        f"/fr/cooperatives/{cooperative.slug}-{cooperative.pk}/": 5,
        "/fr/basket/": 4,
    }
    for page in pages:  # What hardly ever changes is in memory by now.
        client.get(page)
    costs = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        costs[page] = len(queries)
    assert costs == pages
