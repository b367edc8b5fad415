"""Every page of the workspace renders, empty and full, in each language."""

from __future__ import annotations

import pytest

from taawon.cooperatives.states import ClaimState
from tests.factories import (
    CertificateFactory,
    ClaimFactory,
    CooperativeFactory,
    OrderLineFactory,
    PictureFactory,
    QuestionFactory,
    ReviewFactory,
)

PAGES = [
    "",
    "orders/",
    "orders/?state=placed",
    "products/",
    "products/?only=draft",
    "products/?words=miel",
    "products/add/",
    "products/bulk/",
    "reviews/",
    "reviews/?show=reviews",
    "shop/",
    "shop/more/",
    "members/",
    "activity/",
    "activity/?show=shop",
    "downloads/",
    "register/",
    "open/",
    "open/?words=miel",
]


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_shop(shop, page):
    answer = shop.client.get(f"/fr/seller/{page}")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_full_shop(shop, language, page):
    order = shop.order()
    ReviewFactory(line=OrderLineFactory(order=order, product=shop.product()))
    QuestionFactory(product=shop.product())
    shop.product(on_hand=1, state="draft")

    answer = shop.client.get(f"/{language}/seller/{page}")

    assert answer.status_code == 200


@pytest.mark.parametrize("state", ["placed", "accepted", "prepared", "shipped", "delivered"])
@pytest.mark.parametrize("paper", ["", "slip/", "label/"])
def test_an_order(shop, state, paper):
    order = shop.order(state=state, number=7)

    assert shop.get(f"orders/{order.number}/{paper}").status_code == 200


@pytest.mark.parametrize("state", ["draft", "published", "paused", "archived"])
def test_a_product(shop, state):
    product = shop.product(state=state)
    PictureFactory(product=product)
    CertificateFactory(product=product)

    assert shop.get(f"products/{product.pk}/").status_code == 200


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_request(shop, state):
    claim = ClaimFactory(person=shop.person, state=state)

    assert shop.get(f"requests/{claim.pk}/").status_code == 200
    assert shop.get("open/").status_code == 200


def test_a_claim_form(shop):
    assert shop.get(f"open/{CooperativeFactory().pk}/").status_code == 200
