from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from taawon.catalogue.errors import BelowReserved, NotReady, WrongState
from taawon.catalogue.models import Product
from taawon.catalogue.services import products
from taawon.catalogue.states import State
from taawon.cooperatives.errors import NoShop
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from tests import trail
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    CooperativeFactory,
    PersonFactory,
    PictureFactory,
    ProductFactory,
    ShopFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cooperative() -> Cooperative:
    return ShopFactory().cooperative


@pytest.fixture
def seller(cooperative: Cooperative) -> Actor:
    return member(cooperative, Role.SELLER)


@pytest.fixture
def product(cooperative: Cooperative) -> Product:
    return ProductFactory(cooperative=cooperative, cover="products/a")


def snapshot(product: Product) -> dict[str, Any]:
    return Product.objects.filter(pk=product.pk).values().get()


def test_draft_takes_the_next_number(cooperative: Cooperative, seller: Actor) -> None:
    drafts = [products.draft(cooperative.pk, by=seller) for _ in range(3)]

    assert [one.number for one in drafts] == [1, 2, 3]
    assert (drafts[0].state, drafts[0].category, drafts[0].price_centimes) == ("draft", None, 0)
    assert trail.events() == [("product-drafted", f"catalogue.product:{one.pk}") for one in drafts]


def test_draft_is_for_members_of_a_shop(cooperative: Cooperative) -> None:
    for by in (actor(), actor(PersonFactory()), staff(), member(CooperativeFactory())):
        with pytest.raises(NotFound):
            products.draft(cooperative.pk, by=by)
    without = CooperativeFactory()
    with pytest.raises(NoShop):
        products.draft(without.pk, by=member(without))
    assert Product.objects.count() == 0


def test_edit_changes_what_is_given(product: Product, seller: Actor) -> None:
    honey = CategoryFactory(slug="honey")

    products.edit(
        product.pk,
        names={"fr": " Miel\x00 de thym ", "zgh": "ⵜⴰⵎⵎⵏⵜ"},
        descriptions={"fr": "Du thym.\r\n\u202eRien d’autre. "},
        price_centimes=18_000,
        content=500,
        unit="g",
        weight_grams=700,
        on_hand=4,
        low_stock=1,
        category_id=honey.pk,
        by=seller,
    )

    product.refresh_from_db()
    assert (product.name_fr, product.name_zgh) == ("Miel de thym", "ⵜⴰⵎⵎⵏⵜ")
    assert product.name_ar.startswith("زيت أركان")
    assert product.description_fr == "Du thym.\nRien d’autre."
    assert (product.price_centimes, product.content, product.unit) == (18_000, 500, "g")
    assert (product.weight_grams, product.on_hand, product.low_stock) == (700, 4, 1)
    assert (product.category, product.slug) == (honey, "miel-de-thym")
    subject = f"catalogue.product:{product.pk}"
    assert trail.events() == [
        ("price-changed", subject),
        ("stock-changed", subject),
        ("product-edited", subject),
    ]
    assert trail.facts()[0] == {"product_id": product.pk, "was": 12_000, "now": 18_000}
    assert trail.facts()[1] == {"product_id": product.pk, "was": 10, "now": 4}
    assert " ".join(trail.facts()[2]["fields"]) == (
        "category_id content description_fr low_stock name_fr name_zgh unit weight_grams"
    )
    assert trail.fed() == [("product", product.pk)]


def test_an_edit_that_changes_nothing_leaves_no_trace(product: Product, seller: Actor) -> None:
    before = snapshot(product)
    products.edit(
        product.pk, names={"fr": product.name_fr, "en": ""}, price_centimes=12_000, by=seller
    )
    assert (snapshot(product), trail.events(), trail.fed()) == (before, [], [])


def test_an_arabic_name_alone(cooperative: Cooperative, seller: Actor) -> None:
    draft = products.draft(cooperative.pk, by=seller)
    products.edit(draft.pk, names={"ar": "عسل الزعتر"}, by=seller)
    draft.refresh_from_db()
    assert (draft.name, draft.slug) == ("عسل الزعتر", "asl-al-zatr")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"names": {"fr": "x" * 161}}, "name_fr"),
        ({"names": {"de": "Honig"}}, "name"),
        ({"descriptions": {"ar": "x" * 4001}}, "description_ar"),
        ({"price_centimes": 0}, "price_centimes"),
        ({"price_centimes": -1}, "price_centimes"),
        ({"price_centimes": 10_000_001}, "price_centimes"),
        ({"price_centimes": 1.5}, "price_centimes"),
        ({"price_centimes": "100"}, "price_centimes"),
        ({"price_centimes": True}, "price_centimes"),
        ({"content": 0}, "content"),
        ({"unit": "kg"}, "unit"),
        ({"weight_grams": 10**9}, "weight_grams"),
        ({"on_hand": -1}, "on_hand"),
        ({"low_stock": -1}, "low_stock"),
        ({"category_id": 0}, "category_id"),
        ({"category_id": None}, "category_id"),
        ({"state": "published"}, "state"),
    ],
)
def test_edit_refuses_what_it_cannot_keep(
    product: Product, seller: Actor, changes: dict[str, Any], field: str
) -> None:
    before = snapshot(product)
    with pytest.raises(Invalid) as refusal:
        products.edit(product.pk, **({"low_stock": 9} | changes), by=seller)
    assert refusal.value.field == field
    assert (snapshot(product), trail.events(), trail.fed()) == (before, [], [])


def test_a_published_product_stays_complete(product: Product, seller: Actor) -> None:
    before = snapshot(product)
    with pytest.raises(NotReady) as refusal:
        products.edit(product.pk, names={"fr": "", "ar": ""}, low_stock=9, by=seller)
    assert refusal.value.facts["codes"] == ["name"]
    jam = CategoryFactory(slug="jam", processed_food=True)
    with pytest.raises(NotReady) as refusal:
        products.edit(product.pk, category_id=jam.pk, by=seller)
    assert refusal.value.facts["codes"] == ["food"]
    assert (snapshot(product), trail.events()) == (before, [])


def test_stock_is_never_less_than_what_is_ordered(product: Product, seller: Actor) -> None:
    Product.objects.filter(pk=product.pk).update(reserved=3)
    before = snapshot(product)
    for change in (
        lambda: products.change_stock(product.pk, 2, by=seller),
        lambda: products.edit(product.pk, on_hand=0, price_centimes=1, by=seller),
    ):
        with pytest.raises(BelowReserved) as refusal:
            change()
        assert (refusal.value.facts["reserved"], refusal.value.field) == (3, "on_hand")
    assert (snapshot(product), trail.events()) == (before, [])

    products.change_stock(product.pk, 3, by=seller)

    assert snapshot(product)["on_hand"] == 3
    assert trail.facts() == [{"product_id": product.pk, "was": 10, "now": 3}]


def test_change_price(product: Product, seller: Actor) -> None:
    products.change_price(product.pk, 9_950, by=seller)
    assert snapshot(product)["price_centimes"] == 9_950
    assert trail.names() == ["price-changed"]
    with pytest.raises(Invalid):
        products.change_price(product.pk, 0, by=seller)
    assert snapshot(product)["price_centimes"] == 9_950


CHANGES: list[Callable[[int, Actor], Any]] = [
    lambda pk, by: products.edit(pk, price_centimes=1, by=by),
    lambda pk, by: products.change_price(pk, 1, by=by),
    lambda pk, by: products.change_stock(pk, 1, by=by),
    lambda pk, by: products.publish(pk, by=by),
    lambda pk, by: products.pause(pk, by=by),
    lambda pk, by: products.archive(pk, by=by),
    lambda pk, by: products.restore(pk, by=by),
    lambda pk, by: products.duplicate(pk, by=by),
]


@pytest.mark.parametrize("change", CHANGES)
def test_somebody_elses_product_does_not_exist(
    product: Product, change: Callable[[int, Actor], Any]
) -> None:
    before = snapshot(product)
    for by in (actor(), actor(PersonFactory()), member(CooperativeFactory()), staff()):
        with pytest.raises(NotFound):
            change(product.pk, by)
    with pytest.raises(NotFound):
        change(0, staff())
    assert (snapshot(product), trail.events(), Product.objects.count()) == (before, [], 1)


def test_a_life(product: Product, seller: Actor) -> None:
    Product.objects.filter(pk=product.pk).update(state=State.DRAFT)

    products.publish(product.pk, by=seller)
    first = snapshot(product)["published_at"]
    products.pause(product.pk, by=seller)
    products.publish(product.pk, by=seller)
    products.archive(product.pk, by=seller)
    products.restore(product.pk, by=seller)

    after = snapshot(product)
    assert (after["state"], after["published_at"]) == (State.DRAFT, first)
    assert first is not None
    assert trail.names() == [
        "product-published",
        "product-paused",
        "product-published",
        "product-archived",
        "product-restored",
    ]
    assert trail.fed() == [("product", product.pk)] * 5


@pytest.mark.parametrize(
    ("state", "change"),
    [
        (State.PUBLISHED, products.publish),
        (State.PUBLISHED, products.restore),
        (State.DRAFT, products.pause),
        (State.DRAFT, products.restore),
        (State.ARCHIVED, products.publish),
        (State.ARCHIVED, products.pause),
        (State.ARCHIVED, products.archive),
        (State.ARCHIVED, lambda pk, by: products.edit(pk, low_stock=1, by=by)),
    ],
)
def test_what_cannot_follow(
    product: Product, seller: Actor, state: State, change: Callable[..., Any]
) -> None:
    Product.objects.filter(pk=product.pk).update(state=state)
    before = snapshot(product)
    with pytest.raises(WrongState):
        change(product.pk, by=seller)
    assert (snapshot(product), trail.events()) == (before, [])


def test_publish_says_all_that_is_missing(cooperative: Cooperative, seller: Actor) -> None:
    draft = products.draft(cooperative.pk, by=seller)
    with pytest.raises(NotReady) as refusal:
        products.publish(draft.pk, by=seller)
    assert refusal.value.facts["codes"] == ["picture", "name", "price", "category", "weight"]
    assert snapshot(draft)["state"] == State.DRAFT


def test_duplicate_copies_what_describes(product: Product, seller: Actor) -> None:
    picture = PictureFactory(product=product)
    CertificateFactory(product=product)
    Product.objects.filter(pk=product.pk).update(
        label_codes=["igp"], rating_sum=9, rating_count=2, reserved=2
    )
    ShopFactory._meta.model.objects.filter(pk=product.cooperative_id).update(
        last_product_number=product.number
    )

    copy = products.duplicate(product.pk, by=seller)

    copy.refresh_from_db()
    assert (copy.number, copy.state) == (product.number + 1, State.DRAFT)
    assert (copy.on_hand, copy.reserved) == (0, 0)
    assert (copy.name_fr, copy.name_ar, copy.price_centimes) == (
        product.name_fr,
        product.name_ar,
        12_000,
    )
    assert (copy.label_codes, copy.rating_count, copy.cover) == ([], 0, "products/a")
    assert [one.key for one in copy.pictures.all()] == [picture.key]
    assert product.pictures.count() == 1
    assert trail.facts() == [{"product_id": copy.pk, "source_id": product.pk}]
