from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from taawon.orders.models import BasketLine
from taawon.orders.services import baskets
from tests.api.client import Api, fields
from tests.factories import PersonFactory, ProductFactory, RegionFactory, actor

pytestmark = pytest.mark.django_db


def test_a_new_basket(api: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        response = api.send("POST", "baskets")

    assert response.status_code == 201
    assert list(response.json()) == ["token"]
    token = response.json()["token"]
    assert response["Location"] == f"/api/v1/baskets/{token}"
    assert api.get(f"baskets/{token}").json() == {
        "lines": [],
        "parts": [],
        "items_centimes": 0,
        "shipping_centimes": None,
        "total_centimes": None,
    }


def test_a_line_is_set_changed_and_removed(api: Api) -> None:
    product = ProductFactory(name_fr="Huile", price_centimes=12000, on_hand=5)
    token = api.basket()

    first = api.put(token, product, 2)
    second = api.put(token, product, 7)
    last = api.put(token, product, 0)

    assert first.status_code == 200
    assert first.json()["lines"] == [
        {
            "product_id": product.pk,
            "name": "Huile",
            "quantity": 2,
            "price_centimes": 12000,
            "amount_centimes": 24000,
            "available": 5,
            "problem": "",
        }
    ]
    assert [(line["quantity"], line["problem"]) for line in second.json()["lines"]] == [
        (7, "too-many")
    ]
    assert last.status_code == 200
    assert last.json()["lines"] == []


def test_parts_and_fees(api: Api, casablanca: str) -> None:
    near = ProductFactory(price_centimes=1000, weight_grams=400)
    far = ProductFactory(price_centimes=2000, weight_grams=900)
    type(near.cooperative).objects.filter(pk=near.cooperative_id).update(region=casablanca)
    token = api.basket((near, 2), (far, 1))

    without = api.get(f"baskets/{token}").json()
    with_region = api.get(f"baskets/{token}?region=MA-06").json()

    assert without["parts"][0] == {
        "cooperative_id": near.cooperative_id,
        "cooperative_name": near.cooperative.name_fr,
        "product_ids": [near.pk],
        "offers_pickup": True,
        "items_centimes": 2000,
        "shipping_centimes": None,
        "total_centimes": None,
        "days_from": None,
        "days_to": None,
    }
    assert [
        (part["shipping_centimes"], part["total_centimes"], part["days_from"], part["days_to"])
        for part in with_region["parts"]
    ] == [(2000, 4000, 3, 4), (3500, 5500, 4, 7)]
    sums = ("items_centimes", "shipping_centimes", "total_centimes")
    assert [without[name] for name in sums] == [4000, None, None]
    assert [with_region[name] for name in sums] == [4000, 5500, 9500]


def test_what_a_quantity_is_not(api: Api) -> None:
    product = ProductFactory()
    token = api.basket((product, 2))

    for wrong in (1.5, 1.0, "3", True, False, None, 10**9, -1, 1000, [], {}, [1], "", 10**400):
        response = api.put(token, product, wrong)
        assert (response.status_code, fields(response)) == (
            422,
            [("quantity", "invalid-quantity")],
        ), wrong

    absent = api.send("PUT", f"baskets/{token}/lines/{product.pk}", {})
    assert (absent.status_code, fields(absent)) == (422, [("quantity", "invalid-quantity")])
    assert list(BasketLine.objects.values_list("quantity", flat=True)) == [2]


def test_bounds_of_a_quantity(api: Api) -> None:
    product = ProductFactory()
    token = api.basket()
    for quantity in (1, 999):
        assert api.put(token, product, quantity).json()["lines"][0]["quantity"] == quantity


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b"3", b"null", b'{"quantity": {"a": 1}}'])
def test_a_body_of_another_shape(api: Api, body: bytes) -> None:
    product = ProductFactory()
    token = api.basket()
    response = api.send("PUT", f"baskets/{token}/lines/{product.pk}", body)
    assert response.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"quantity": 1',
        b"\xff\xfe",
        b"quantity=1",
        b"NaN",
        b'{"quantity": NaN}',
        b"[" * 9000,
    ],
)
def test_a_body_that_is_no_json(api: Api, body: bytes) -> None:
    product = ProductFactory()
    token = api.basket()
    response = api.send("PUT", f"baskets/{token}/lines/{product.pk}", body)
    assert (response.status_code, response.json()["code"]) == (400, "malformed")


def test_a_field_that_nobody_knows_is_ignored(api: Api) -> None:
    product = ProductFactory()
    token = api.basket()
    body = {"quantity": 1, "colour": "red"}
    assert api.send("PUT", f"baskets/{token}/lines/{product.pk}", body).status_code == 200


@pytest.mark.parametrize("token", ["nobody-knows-this-token-at-all-x", "x", "%00", "a" * 400, "é"])
def test_a_token_that_nobody_holds(api: Api, token: str) -> None:
    product = ProductFactory()
    answers = [
        api.get(f"baskets/{token}"),
        api.send("PUT", f"baskets/{token}/lines/{product.pk}", {"quantity": 1}),
        api.order(token),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("number", ["0", "999999", "abc", "-1", "1.5", "9" * 40, str(2**63)])
def test_a_product_that_is_none(api: Api, number: str) -> None:
    token = api.basket()
    response = api.send("PUT", f"baskets/{token}/lines/{number}", {"quantity": 1})
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "paused"}, {"held": True}])
def test_a_product_that_is_not_shown(api: Api, hidden: dict[str, Any]) -> None:
    product = ProductFactory(**hidden)
    token = api.basket()
    assert api.put(token, product, 1).status_code == 404


def test_a_persons_basket_is_not_reached_by_its_token(api: Api) -> None:
    product = ProductFactory()
    person = PersonFactory()
    theirs = baskets.open_basket(by=actor(person))
    baskets.put(theirs.pk, product.pk, 1, by=actor(person))

    assert api.get(f"baskets/{theirs.token}").status_code == 404
    assert api.put(theirs.token, product, 5).status_code == 404
    assert api.order(theirs.token).status_code == 404
    assert list(BasketLine.objects.values_list("quantity", flat=True)) == [1]


def test_a_region_that_is_none(api: Api) -> None:
    token = api.basket()
    response = api.get(f"baskets/{token}?region=MA-99")
    assert (response.status_code, fields(response)) == (422, [("region", "invalid")])


def test_the_basket_speaks_the_callers_language(api: Api) -> None:
    product = ProductFactory(name_fr="Huile", name_ar="زيت")
    token = api.basket((product, 1))

    assert api.get(f"baskets/{token}?lang=ar").json()["lines"][0]["name"] == "زيت"
    arabic = api.get(f"baskets/{token}", accept_language="ar-MA,fr;q=0.5")
    assert arabic.json()["lines"][0]["name"] == "زيت"


def test_what_a_line_costs(api: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The same for the first line and for the fourth."""
    products = [ProductFactory() for _ in range(4)]
    token = api.basket()
    for product in products:
        with django_assert_num_queries(PUT_QUERIES):
            assert api.put(token, product, 1).status_code == 200


def test_what_a_basket_costs(api: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    RegionFactory(code="MA-06")
    products = [ProductFactory() for _ in range(3)]
    for some in (products[:1], products):
        token = api.basket(*((product, 1) for product in some))
        with django_assert_num_queries(2):
            api.get(f"baskets/{token}")


# The basket; its lock, the price, no line to change, how many there are, the new line, the time, in
# a savepoint (2) that is the transaction outside of tests; what the basket holds now.
PUT_QUERIES = 8
