"""Many programs order at once: real threads on a real database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connections

from taawon.catalogue.models import Product
from taawon.journal.models import Entry
from taawon.orders.models import BasketLine, Checkout, Order, OrderLine
from tests.api.client import Api
from tests.factories import ProductFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("casablanca", "a_worker_delivers"),
]


def at_once(doers: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each answered; all start together."""
    answers: list[Any] = []
    gate = threading.Barrier(len(doers))

    def run(doer: Callable[[], Any]) -> None:
        try:
            gate.wait()
            answers.append(doer())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(doer,)) for doer in doers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _orders(tokens: Sequence[str]) -> list[Any]:
    return at_once([lambda token=token: Api().order(token) for token in tokens])


def test_the_same_key_ten_times() -> None:
    products = [ProductFactory() for _ in range(3)]
    token = Api().basket(*((product, 1) for product in products))

    answers = at_once([lambda: Api().order(token, "once")] * 10)

    assert [answer.status_code for answer in answers] == [201] * 10
    assert len({answer.content for answer in answers}) == 1
    assert (Checkout.objects.count(), Order.objects.count()) == (1, 3)
    assert Entry.objects.filter(name="order-placed").count() == 3
    assert set(Product.objects.values_list("reserved", flat=True)) == {1}


def test_ten_keys_for_one_basket() -> None:
    product = ProductFactory()
    token = Api().basket((product, 1))

    answers = at_once([lambda n=n: Api().order(token, f"k{n}") for n in range(10)])

    counted = Counter((answer.status_code, answer.json().get("code")) for answer in answers)
    assert counted == {(201, None): 1, (409, "empty-basket"): 9}
    assert Order.objects.count() == 1


@pytest.mark.parametrize("buyers", [8, pytest.param(50, marks=pytest.mark.prove)])
def test_the_last_jar(buyers: int) -> None:
    jar = ProductFactory(on_hand=1)
    tokens = [Api().basket((jar, 1)) for _ in range(buyers)]

    answers = _orders(tokens)

    counted = Counter((answer.status_code, answer.json().get("left")) for answer in answers)
    assert counted == {(201, None): 1, (409, 0): buyers - 1}
    jar.refresh_from_db()
    assert (jar.on_hand, jar.reserved) == (1, 1)
    assert (Checkout.objects.count(), Order.objects.count(), OrderLine.objects.count()) == (1, 1, 1)
    assert BasketLine.objects.count() == buyers - 1


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.prove)])
def test_baskets_in_both_orders(rounds: int) -> None:
    """[A, B] and [B, A]: nobody waits for somebody who waits for them."""
    a, b = ProductFactory(on_hand=10_000), ProductFactory(on_hand=10_000)
    for _ in range(rounds):
        tokens = [Api().basket((a, 1), (b, 1)) for _ in range(3)]
        tokens += [Api().basket((b, 1), (a, 1)) for _ in range(3)]
        assert [answer.status_code for answer in _orders(tokens)] == [201] * 6
    assert Order.objects.count() == rounds * 12
    assert set(Product.objects.values_list("reserved", flat=True)) == {rounds * 6}


def test_lines_of_one_basket() -> None:
    products = [ProductFactory() for _ in range(6)]
    token = Api().basket()

    answers = at_once([lambda one=one: Api().put(token, one, 2) for one in products * 2])

    assert [answer.status_code for answer in answers] == [200] * 12
    lines = Api().get(f"baskets/{token}").json()["lines"]
    assert sorted((line["product_id"], line["quantity"]) for line in lines) == [
        (product.pk, 2) for product in products
    ]
