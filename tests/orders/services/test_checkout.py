from __future__ import annotations

import pytest
from django.utils import timezone

from taawon.catalogue.errors import NotForSale, OutOfStock
from taawon.catalogue.models import Product
from taawon.core.errors import Invalid, NotFound
from taawon.core.phone import InvalidPhone
from taawon.journal.models import Entry
from taawon.orders.errors import EmptyBasket, KeyUsedOtherwise, NoPickup, TotalChanged
from taawon.orders.models import Checkout, Order, OrderLine, Step
from taawon.orders.services import checkout
from taawon.orders.states import Delivery
from tests.factories import PersonFactory, ProductFactory, actor
from tests.orders.build import GUEST, basket, wish, zones

pytestmark = pytest.mark.django_db


def nothing_happened(*products: Product) -> bool:
    for product in products:
        product.refresh_from_db()
    return (
        [product.reserved for product in products] == [0] * len(products)
        and not Order.objects.exists()
        and not Checkout.objects.exists()
        and not Entry.objects.filter(name="order-placed").exists()
    )


def test_one_order_for_each_cooperative_frozen_as_it_was():
    zones()
    honey = ProductFactory(price_centimes=9000, weight_grams=600)
    oil = ProductFactory(price_centimes=12000, weight_grams=500)
    mine = basket((honey, 2), (oil, 1))

    done = checkout.place(mine.pk, wish(), key="k1", by=GUEST)

    first, second = done.orders.order_by("pk")
    assert [first.cooperative_id, second.cooperative_id] == sorted(
        [honey.cooperative_id, oil.cooperative_id]
    )
    assert (first.items_centimes, first.shipping_centimes, first.total_centimes) == (
        18000,
        6000,
        24000,
    )
    assert (second.items_centimes, second.shipping_centimes, second.total_centimes) == (
        12000,
        3500,
        15500,
    )
    assert (first.state, first.number, first.phone, first.buyer_id) == (
        "placed",
        1,
        "+212661234567",
        None,
    )
    assert len(first.code) == 8
    assert list(first.lines.values_list("name", "price_centimes", "quantity")) == [
        (honey.name_fr, 9000, 2)
    ]
    assert list(Step.objects.values_list("state", "by")) == [("placed", "buyer")] * 2
    assert mine.lines.count() == 0
    honey.refresh_from_db()
    assert (honey.on_hand, honey.reserved) == (10, 2)
    assert [(entry.name, entry.facts["total_centimes"]) for entry in Entry.objects.all()] == [
        ("order-placed", 24000),
        ("order-placed", 15500),
    ]


def test_numbers_rise_by_cooperative():
    product = ProductFactory()
    numbers = [
        checkout.place(basket((product, 1)).pk, wish(), key="k", by=GUEST).orders.get().number
        for _ in range(3)
    ]
    assert numbers == [1, 2, 3]


def test_pressing_again_answers_the_same_checkout():
    product = ProductFactory()
    mine = basket((product, 1))

    first = checkout.place(mine.pk, wish(), key="k", by=GUEST)
    again = checkout.place(mine.pk, wish(), key="k", by=GUEST)

    assert first == again
    assert Order.objects.count() == 1
    with pytest.raises(KeyUsedOtherwise):
        checkout.place(mine.pk, wish(name="Karim"), key="k", by=GUEST)
    with pytest.raises(EmptyBasket):
        checkout.place(mine.pk, wish(), key="another", by=GUEST)
    assert Order.objects.count() == 1


def test_out_of_stock_takes_all_or_nothing():
    plenty, few = ProductFactory(on_hand=10), ProductFactory(on_hand=2, name_fr="Miel")
    mine = basket((plenty, 1), (few, 3))

    with pytest.raises(OutOfStock) as refusal:
        checkout.place(mine.pk, wish(), key="k", by=GUEST)

    assert refusal.value.facts == {"product": "Miel", "product_id": few.pk, "left": 2}
    assert nothing_happened(plenty, few)
    assert mine.lines.count() == 2


@pytest.mark.parametrize(
    "change", [{"state": "paused"}, {"state": "archived"}, {"held": True}], ids=str
)
def test_what_was_withdrawn_meanwhile_is_refused(change):
    product = ProductFactory()
    mine = basket((product, 1))
    Product.objects.filter(pk=product.pk).update(**change)

    with pytest.raises(NotForSale):
        checkout.place(mine.pk, wish(), key="k", by=GUEST)
    assert nothing_happened(product)


def test_a_paused_shop_sells_nothing():
    product = ProductFactory()
    mine = basket((product, 1))
    shop = product.cooperative.shop
    shop.paused_until = timezone.localdate()
    shop.save()

    with pytest.raises(NotForSale):
        checkout.place(mine.pk, wish(), key="k", by=GUEST)
    assert nothing_happened(product)


def test_a_total_that_changed_is_asked_about():
    product = ProductFactory(price_centimes=12000)
    mine = basket((product, 1))
    Product.objects.filter(pk=product.pk).update(price_centimes=13000)

    with pytest.raises(TotalChanged) as refusal:
        checkout.place(mine.pk, wish(expected_total_centimes=12000), key="k", by=GUEST)
    assert refusal.value.facts == {"was": 12000, "now": 13000}
    assert nothing_happened(product)

    checkout.place(mine.pk, wish(expected_total_centimes=13000), key="k", by=GUEST)
    assert OrderLine.objects.get().price_centimes == 13000


def test_pickup_is_free_and_needs_no_town():
    zones()
    product = ProductFactory()
    asked = wish(town="", deliveries={product.cooperative_id: Delivery.PICKUP})

    order = checkout.place(basket((product, 1)).pk, asked, key="k", by=GUEST).orders.get()

    assert (order.delivery, order.shipping_centimes) == ("pickup", 0)


def test_no_pickup_where_none_is_offered():
    product = ProductFactory()
    shop = product.cooperative.shop
    shop.offers_pickup = False
    shop.save()
    asked = wish(deliveries={product.cooperative_id: Delivery.PICKUP})

    with pytest.raises(NoPickup):
        checkout.place(basket((product, 1)).pk, asked, key="k", by=GUEST)
    assert nothing_happened(product)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " \u202e\x00 "}, "name"),
        ({"region": "MA-99"}, "region"),
        ({"town": ""}, "town"),
        ({"phone": "06 12"}, "phone"),
        ({"phone": "not a number"}, "phone"),
    ],
    ids=str,
)
def test_a_wrong_field_is_named_and_nothing_happens(change, field):
    product = ProductFactory()
    mine = basket((product, 1))

    with pytest.raises(Invalid) as refusal:
        checkout.place(mine.pk, wish(**change), key="k", by=GUEST)

    assert refusal.value.field == field
    assert isinstance(refusal.value, InvalidPhone) == (field == "phone")
    assert nothing_happened(product)


def test_hostile_words_are_kept_harmless():
    product = ProductFactory()
    asked = wish(name="<b>A\x00mina\u202e</b>", address="x" * 5000)

    order = checkout.place(basket((product, 1)).pk, asked, key="k", by=GUEST).orders.get()

    assert order.name == "<b>Amina</b>"
    assert order.address == "x" * 300


def test_a_persons_order_is_theirs_and_nobody_elses_basket_can_be_ordered():
    person = PersonFactory()
    product = ProductFactory()
    mine = basket((product, 1), by=actor(person))

    with pytest.raises(NotFound):
        checkout.place(mine.pk, wish(), key="k", by=GUEST)
    assert nothing_happened(product)

    order = checkout.place(mine.pk, wish(), key="k", by=actor(person)).orders.get()
    assert order.buyer_id == person.pk
