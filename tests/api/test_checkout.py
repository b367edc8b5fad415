from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from taawon.accounts.services import apikeys
from taawon.catalogue.models import Product
from taawon.cooperatives.models import Shop
from taawon.core.actor import Actor
from taawon.journal.models import Entry
from taawon.orders.models import Basket, Checkout, Order, OrderCounter
from taawon.orders.states import State
from tests.api.client import WISH, Api, fields
from tests.factories import ProductFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("casablanca")]


def _nothing_happened(token: str, lines: int = 1) -> None:
    assert (Order.objects.count(), Checkout.objects.count()) == (0, 0)
    assert set(Product.objects.values_list("reserved", flat=True)) <= {0}
    assert Entry.objects.filter(name="order-placed").count() == 0
    assert Basket.objects.get(token=token).lines.count() == lines


def test_one_order_for_each_cooperative(api: Api) -> None:
    oil = ProductFactory(price_centimes=12000, weight_grams=300)
    honey = ProductFactory(price_centimes=8000, weight_grams=1000)
    token = api.basket((oil, 2), (honey, 1))

    response = api.order(token)

    assert response.status_code == 201
    first, second = Order.objects.order_by("pk")
    assert response.json() == {
        "orders": [
            {
                "code": first.code,
                "state": "placed",
                "cooperative_id": oil.cooperative_id,
                "items_centimes": 24000,
                "shipping_centimes": 3500,
                "total_centimes": 27500,
                "secret": first.secret,
                "url": f"/fr/orders/{first.code}/?key={first.secret}",
            },
            {
                "code": second.code,
                "state": "placed",
                "cooperative_id": honey.cooperative_id,
                "items_centimes": 8000,
                "shipping_centimes": 3500,
                "total_centimes": 11500,
                "secret": second.secret,
                "url": f"/fr/orders/{second.code}/?key={second.secret}",
            },
        ]
    }
    assert (first.name, first.phone, first.town) == ("Amina Alaoui", "+212661234567", "Casablanca")
    oil.refresh_from_db()
    assert (oil.on_hand, oil.reserved) == (10, 2)
    assert api.get(f"baskets/{token}").json()["lines"] == []
    assert set(Entry.objects.filter(name="order-placed").values_list("channel", flat=True)) == {
        "api"
    }


def test_said_twice_answered_alike(api: Api) -> None:
    token = api.basket((ProductFactory(), 1))

    first = api.order(token, "once")
    Order.objects.update(state=State.ACCEPTED)
    second = api.order(token, "once")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert Order.objects.count() == 1


def test_a_key_with_another_body(api: Api) -> None:
    token = api.basket((ProductFactory(), 1))
    api.order(token, "once")

    response = api.order(token, "once", town="Rabat")

    assert (response.status_code, response.json()["code"]) == (422, "idempotency-key-reused")
    assert Order.objects.count() == 1


def test_a_key_belongs_to_its_basket(api: Api) -> None:
    one = api.basket((ProductFactory(), 1))
    other = api.basket((ProductFactory(), 1))
    assert [api.order(token, "same").status_code for token in (one, other)] == [201, 201]
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", [None, "", " ", "x" * 201, "a b", "clé", "a\tb", "\x7f"])
def test_a_key_that_is_none(api: Api, key: str | None) -> None:
    token = api.basket((ProductFactory(), 1))
    headers = {} if key is None else {"idempotency_key": key}
    response = api.send("POST", f"baskets/{token}/checkout", WISH, **headers)
    assert (response.status_code, response.json()["code"]) == (400, "idempotency-key")
    _nothing_happened(token)


def test_the_longest_key(api: Api) -> None:
    token = api.basket((ProductFactory(), 1))
    assert api.order(token, "~" * 200).status_code == 201


def test_out_of_stock_says_which_and_how_many_are_left(api: Api) -> None:
    product = ProductFactory(name_fr="Huile", on_hand=2)
    token = api.basket((product, 3))

    response = api.order(token)

    assert response.status_code == 409
    said = response.json()
    facts = ("code", "product", "product_id", "left")
    assert [said[name] for name in facts] == ["out-of-stock", "Huile", product.pk, 2]
    _nothing_happened(token)


def test_nothing_is_taken_when_one_of_two_is_sold_out(api: Api) -> None:
    there, gone = ProductFactory(), ProductFactory(on_hand=0)
    token = api.basket((there, 1), (gone, 1))

    response = api.order(token)

    assert (response.status_code, response.json()["left"]) == (409, 0)
    _nothing_happened(token, lines=2)


def test_a_shop_that_paused_meanwhile(api: Api) -> None:
    product = ProductFactory()
    token = api.basket((product, 1))
    Shop.objects.update(paused_until=timezone.localdate() + timedelta(days=3))

    response = api.order(token)

    said = response.json()
    assert (response.status_code, said["code"]) == (409, "not-for-sale")
    assert said["product_id"] == product.pk
    _nothing_happened(token)


def test_an_empty_basket(api: Api) -> None:
    token = api.basket()
    response = api.order(token)
    assert (response.status_code, response.json()["code"]) == (409, "empty-basket")
    _nothing_happened(token, lines=0)


def test_the_total_that_was_shown(api: Api) -> None:
    product = ProductFactory(price_centimes=12000)
    token = api.basket((product, 1))
    Product.objects.update(price_centimes=13000)

    changed = api.order(token, expected_total_centimes=15500)

    said = changed.json()
    assert (changed.status_code, said["code"]) == (409, "total-changed")
    assert (said["was"], said["now"]) == (15500, 16500)
    _nothing_happened(token)
    assert api.order(token, expected_total_centimes=16500).status_code == 201


def test_picked_up_at_the_cooperative(api: Api) -> None:
    product = ProductFactory(price_centimes=12000)
    token = api.basket((product, 1))

    response = api.order(token, delivery={str(product.cooperative_id): "pickup"}, town="")

    assert response.status_code == 201
    assert response.json()["orders"][0]["shipping_centimes"] == 0
    assert Order.objects.get().delivery == "pickup"


def test_pick_up_that_is_not_offered(api: Api) -> None:
    product = ProductFactory()
    Shop.objects.update(offers_pickup=False)
    token = api.basket((product, 1))
    response = api.order(token, delivery={str(product.cooperative_id): "pickup"})
    assert (response.status_code, response.json()["code"]) == (409, "no-pickup")
    _nothing_happened(token)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": ""}, ("name", "invalid")),
        ({"name": "   "}, ("name", "missing")),
        ({"name": "\u202e\x00"}, ("name", "missing")),
        ({"name": None}, ("name", "invalid")),
        ({"name": ["Amina"]}, ("name", "invalid")),
        ({"name": "x" * 10_000}, ("name", "invalid")),
        ({"name": "\ud800"}, ("name", "invalid")),
        ({"phone": "12"}, ("phone", "invalid-phone")),
        ({"phone": "06 12 34 56 7x"}, ("phone", "invalid-phone")),
        ({"phone": "0" * 10_000}, ("phone", "invalid")),
        ({"phone": 612345678}, ("phone", "invalid")),
        ({"region": "MA-99"}, ("region", "missing")),
        ({"region": ""}, ("region", "missing")),
        ({"region": "MA-06\x00"}, ("region", "missing")),
        ({"town": ""}, ("town", "missing")),
        ({"address": "x" * 10_000}, ("address", "invalid")),
        ({"note": "x" * 301}, ("note", "invalid")),
        ({"payment": "card"}, ("payment", "invalid")),
        ({"payment": None}, ("payment", "invalid")),
        ({"language": "de"}, ("language", "invalid")),
        ({"delivery": {"1": "drone"}}, ("delivery.1", "invalid")),
        ({"delivery": []}, ("delivery", "invalid")),
        ({"expected_total_centimes": "1"}, ("expected_total_centimes", "invalid")),
        ({"expected_total_centimes": 1.0}, ("expected_total_centimes", "invalid")),
        ({"expected_total_centimes": True}, ("expected_total_centimes", "invalid")),
        ({"expected_total_centimes": -1}, ("expected_total_centimes", "invalid")),
    ],
)
def test_what_a_wish_is_not(api: Api, change: dict[str, Any], error: tuple[str, str]) -> None:
    token = api.basket((ProductFactory(), 1))
    response = api.order(token, **change)
    assert (response.status_code, fields(response)) == (422, [error])
    _nothing_happened(token)


@pytest.mark.parametrize("field", ["name", "phone", "region", "payment"])
def test_what_is_needed(api: Api, field: str) -> None:
    token = api.basket((ProductFactory(), 1))
    wish = {name: value for name, value in WISH.items() if name != field}
    response = api.send("POST", f"baskets/{token}/checkout", wish, idempotency_key="k")
    assert (response.status_code, fields(response)) == (422, [(field, "missing")])
    _nothing_happened(token)


def test_texts_are_cleaned(api: Api) -> None:
    token = api.basket((ProductFactory(), 1))
    response = api.order(
        token,
        name="\u202eAmina\x00  <b>Alaoui</b>\u2066",
        address="Rue 1\nporte  2",
        phone="٠٦٦١٢٣٤٥٦٧",
    )
    assert response.status_code == 201
    order = Order.objects.get()
    assert (order.name, order.address) == ("Amina <b>Alaoui</b>", "Rue 1 porte 2")
    assert order.phone == "+212661234567"


def test_the_order_is_in_the_customers_language(api: Api) -> None:
    token = api.basket((ProductFactory(name_fr="Huile", name_ar="زيت"), 1))

    response = api.order(token, language="ar")

    order = Order.objects.get()
    assert (order.language, order.lines.get().name) == ("ar", "زيت")
    assert response.json()["orders"][0]["url"].startswith(f"/ar/orders/{order.code}/?key=")


def test_a_partners_key_is_on_record(api: Api) -> None:
    row, words = apikeys.create("Shop", ["orders:write"], by=Actor.system())
    partner = Api(words)
    token = partner.basket((ProductFactory(), 1))

    assert partner.order(token).status_code == 201
    assert Entry.objects.get(name="order-placed").api_key_id == row.pk


@pytest.mark.usefixtures("a_worker_delivers")
def test_what_three_lines_of_three_cooperatives_cost(
    api: Api, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    products = [ProductFactory() for _ in range(3)]
    OrderCounter.objects.bulk_create(
        OrderCounter(cooperative_id=product.cooperative_id) for product in products
    )
    assert api.order(api.basket((products[0], 1))).status_code == 201  # fees are remembered now
    token = api.basket(*((product, 1) for product in products))
    with django_assert_num_queries(CHECKOUT_QUERIES):
        assert api.order(token).status_code == 201


# The basket and its lock; the key; the prices; the checkout; three numbers (read, written); orders,
# lines, steps, events, the nudge; the lines taken out; three reservations and what they sold out;
# the orders for the answer (2); two savepoints (4), one of them the transaction outside of tests.
CHECKOUT_QUERIES = 21
