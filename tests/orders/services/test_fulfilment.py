from __future__ import annotations

import pytest

from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.journal.models import Entry
from taawon.orders.errors import ReasonNeeded, WrongMoment
from taawon.orders.models import Order
from taawon.orders.services import fulfilment
from taawon.orders.states import Delivery, State
from tests.factories import PersonFactory, ProductFactory, actor
from tests.orders.build import GUEST, placed, seller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return ProductFactory(on_hand=10)


@pytest.fixture
def order(product):
    return placed((product, 3))


def stock(product) -> tuple[int, int]:
    product.refresh_from_db()
    return product.on_hand, product.reserved


def trail(order: Order) -> list[tuple[str, str]]:
    return list(order.steps.values_list("state", "by"))


def test_from_placed_to_delivered(order, product):
    seller = seller_of(order)
    assert stock(product) == (10, 3)

    fulfilment.accept(order.pk, by=seller)
    assert stock(product) == (7, 0)
    fulfilment.prepare(order.pk, by=seller)
    fulfilment.ship(order.pk, carrier="Amana", tracking="RR 1", by=seller)
    fulfilment.deliver(order.pk, by=seller)

    order.refresh_from_db()
    assert (order.state, order.carrier, order.tracking) == ("delivered", "Amana", "RR 1")
    assert stock(product) == (7, 0)
    assert trail(order) == [
        ("placed", "buyer"),
        ("accepted", "cooperative"),
        ("prepared", "cooperative"),
        ("shipped", "cooperative"),
        ("delivered", "cooperative"),
    ]
    assert [entry.name for entry in Entry.objects.filter(subject=f"orders.order:{order.pk}")] == [
        "order-placed",
        "order-accepted",
        "order-prepared",
        "order-shipped",
        "order-delivered",
    ]


def test_refused_with_a_reason_gives_the_stock_back(order, product):
    seller = seller_of(order)
    with pytest.raises(ReasonNeeded):
        fulfilment.refuse(order.pk, " \u202e ", by=seller)
    assert stock(product) == (10, 3)

    fulfilment.refuse(order.pk, "Plus de miel", by=seller)

    assert stock(product) == (10, 0)
    assert order.steps.last().note == "Plus de miel"


def test_the_buyer_cancels_until_it_is_packed(order, product):
    seller = seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    fulfilment.prepare(order.pk, by=seller)

    with pytest.raises(WrongMoment):
        fulfilment.cancel(order.pk, proof=order.secret, by=GUEST)
    assert stock(product) == (7, 0)


@pytest.mark.parametrize("accepted", [False, True])
def test_cancelled_by_the_buyer(order, product, accepted):
    if accepted:
        fulfilment.accept(order.pk, by=seller_of(order))

    fulfilment.cancel(order.pk, proof=order.secret, by=GUEST)

    assert stock(product) == (10, 0)
    assert trail(order)[-1] == ("cancelled", "buyer")
    assert Entry.objects.last().facts == {"order_id": order.pk, "by_buyer": True}


def test_cancelled_by_the_cooperative_with_a_reason(order, product):
    seller = seller_of(order)
    with pytest.raises(NotAllowed):
        fulfilment.cancel(order.pk, reason="Panne", by=seller)
    fulfilment.accept(order.pk, by=seller)
    fulfilment.cancel(order.pk, reason="Panne", by=seller)

    assert stock(product) == (10, 0)
    assert trail(order)[-1] == ("cancelled", "cooperative")
    assert Entry.objects.last().facts["by_buyer"] is False


def test_strangers_do_not_even_know_of_it(order, product):
    stranger = actor(PersonFactory())
    for attempt in (
        lambda: fulfilment.accept(order.pk, by=stranger),
        lambda: fulfilment.refuse(order.pk, "Non", by=GUEST),
        lambda: fulfilment.cancel(order.pk, proof="guess", by=stranger),
        lambda: fulfilment.ship(order.pk, by=Actor.system()),
        lambda: fulfilment.accept(10**9, by=stranger),
    ):
        with pytest.raises(NotFound):
            attempt()
    order.refresh_from_db()
    assert (order.state, stock(product), trail(order)) == (
        "placed",
        (10, 3),
        [("placed", "buyer")],
    )


def test_what_is_collected_is_never_shipped(product):
    order = placed((product, 1), deliveries={product.cooperative_id: Delivery.PICKUP})
    seller = seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    fulfilment.prepare(order.pk, by=seller)

    with pytest.raises(WrongMoment):
        fulfilment.ship(order.pk, by=seller)
    fulfilment.not_collected(order.pk, "Pas venu", by=seller)

    assert trail(order)[-1] == ("not_collected", "cooperative")


def test_a_parcel_is_shipped_before_it_arrives(order):
    seller = seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    fulfilment.prepare(order.pk, by=seller)
    with pytest.raises(WrongMoment):
        fulfilment.deliver(order.pk, by=seller)


def test_accepting_twice_takes_the_stock_once(order, product):
    seller = seller_of(order)
    fulfilment.accept(order.pk, by=seller)
    with pytest.raises(WrongMoment):
        fulfilment.accept(order.pk, by=seller)
    assert stock(product) == (7, 0)


def test_unanswered_orders_expire(order, product, clock, settings):
    settings.ORDER_EXPIRY_HOURS = 72
    answered = placed((product, 1))
    fulfilment.accept(answered.pk, by=seller_of(answered))
    clock.forward(hours=71)
    assert fulfilment.expire_due(by=Actor.system()) == 0
    clock.forward(hours=2)

    assert fulfilment.expire_due(by=Actor.system()) == 1
    assert fulfilment.expire_due(by=Actor.system()) == 0

    order.refresh_from_db()
    assert order.state == State.EXPIRED
    assert stock(product) == (9, 0)
    assert trail(order)[-1] == ("expired", "system")
