"""Two people press at once: real threads on a real database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from taawon.core.errors import Refused
from taawon.orders.models import Basket, Order, OrderLine
from taawon.orders.services import checkout
from tests.factories import ProductFactory
from tests.orders.build import GUEST, basket, wish

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(doers: list[Callable[[], Any]]) -> list[Any]:
    """Run all in threads that start together; what each returned, or the code of its refusal."""
    outcomes: list[Any] = []
    gate = threading.Barrier(len(doers))

    def run(doer: Callable[[], Any]) -> None:
        gate.wait()
        try:
            outcomes.append(doer())
        except Refused as refusal:
            outcomes.append(refusal.code)
        except Exception as failure:
            outcomes.append(repr(failure))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(doer,)) for doer in doers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def buy(of: Basket, key: str = "k") -> str:
    done = checkout.place(of.pk, wish(), key=key, by=GUEST)
    return done.secret


def test_the_last_jar_is_sold_once():
    jar = ProductFactory(on_hand=1)
    baskets = [basket((jar, 1)) for _ in range(10)]

    outcomes = at_once([lambda b=b: buy(b) and "bought" for b in baskets])

    assert Counter(outcomes) == {"bought": 1, "out-of-stock": 9}
    jar.refresh_from_db()
    assert (jar.on_hand, jar.reserved) == (1, 1)
    assert (Order.objects.count(), OrderLine.objects.count()) == (1, 1)
    assert [b.lines.count() for b in baskets].count(1) == 9


def test_the_same_key_at_once_is_one_checkout():
    product = ProductFactory(on_hand=10)
    mine = basket((product, 1))

    outcomes = at_once([lambda: buy(mine)] * 10)

    assert len(set(outcomes)) == 1
    assert len(outcomes) == 10
    assert Order.objects.count() == 1
    product.refresh_from_db()
    assert product.reserved == 1


def test_baskets_with_the_same_products_in_another_order_do_not_block_each_other():
    one, two = ProductFactory(on_hand=100), ProductFactory(on_hand=100)
    baskets = [basket((one, 1), (two, 1)) for _ in range(6)]
    baskets += [basket((two, 1), (one, 1)) for _ in range(6)]

    outcomes = at_once([lambda b=b: buy(b) and "bought" for b in baskets])

    assert Counter(outcomes) == {"bought": 12}
    for product in (one, two):
        product.refresh_from_db()
        assert product.reserved == 12
        numbers = Order.objects.filter(cooperative=product.cooperative_id)
        assert sorted(numbers.values_list("number", flat=True)) == list(range(1, 13))
