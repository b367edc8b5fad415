from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from taawon.orders.models import Step
from taawon.orders.states import State
from tests.api.client import Api, fields
from tests.factories import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db


def _written(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_what_became_of_an_order(
    api: Api, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    order = OrderFactory(
        code="ABCD2345", state=State.SHIPPED, carrier="Amana", tracking="X1", days_from=2, days_to=4
    )
    line = OrderLineFactory(order=order, name="Huile", quantity=1)
    step = Step.objects.create(
        order=order, state=State.SHIPPED, by="cooperative", note="Bonne route"
    )

    with django_assert_num_queries(3):
        response = api.get("orders/ABCD2345?phone=06 61 23 45 67")

    assert response.status_code == 200
    said = response.json()
    assert said.pop("placed_at") == _written(order.placed_at)
    assert said == {
        "code": "ABCD2345",
        "state": "shipped",
        "cooperative_id": order.cooperative_id,
        "cooperative_name": order.cooperative.name_fr,
        "delivery": "parcel",
        "payment": "cod",
        "carrier": "Amana",
        "tracking": "X1",
        "days_from": 2,
        "days_to": 4,
        "items_centimes": 12000,
        "shipping_centimes": 3500,
        "total_centimes": 15500,
        "lines": [
            {
                "product_id": line.product_id,
                "name": "Huile",
                "quantity": 1,
                "price_centimes": 12000,
                "amount_centimes": 12000,
            }
        ],
        "steps": [
            {
                "state": "shipped",
                "at": _written(step.at),
                "note": "Bonne route",
            }
        ],
    }


def test_neither_name_nor_phone_nor_address_is_told(api: Api) -> None:
    OrderFactory(code="ABCD2345", name="Amina", address="Rue 1", town="Rabat")
    said = api.get("orders/ABCD2345?phone=0661234567").content.decode()
    assert [
        word for word in ("Amina", "661234567", "Rue 1", "Rabat", "secret") if word in said
    ] == []


def test_the_code_in_small_letters_and_the_phone_in_arabic_digits(api: Api) -> None:
    OrderFactory(code="ABCD2345")
    assert api.get("orders/abcd2345?phone=٠٦٦١٢٣٤٥٦٧").status_code == 200


@pytest.mark.parametrize(
    ("code", "phone"),
    [
        ("ABCD2345", "0661234568"),
        ("ABCD2346", "0661234567"),
        ("ABCD2345", "abc"),
        ("ABCD2345", ""),
        ("ABCD2345", "%00"),
        ("%00%00%00%00%00%00%00%00", "0661234567"),
        ("x" * 300, "0661234567"),
    ],
)
def test_whoever_does_not_know_both_finds_nothing(api: Api, code: str, phone: str) -> None:
    OrderFactory(code="ABCD2345")
    response = api.get(f"orders/{code}?phone={phone}")
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


def test_the_phone_is_needed(api: Api) -> None:
    response = api.get("orders/ABCD2345")
    assert (response.status_code, fields(response)) == (422, [("phone", "missing")])
