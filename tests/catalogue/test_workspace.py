from __future__ import annotations

from typing import Any

import pytest

from taawon.catalogue import workspace
from taawon.catalogue.models import Product
from taawon.catalogue.states import State
from taawon.core.errors import NotFound
from tests.factories import (
    CertificateFactory,
    PersonFactory,
    PictureFactory,
    ProductFactory,
    ShopFactory,
    actor,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> dict[str, Product]:
    cooperative = ShopFactory().cooperative
    ProductFactory()  # Somebody else's.
    made = {
        "full": {"on_hand": 10},
        "low": {"on_hand": 5, "reserved": 2},
        "none": {"on_hand": 0},
        "held": {"held": True},
        "draft": {"state": State.DRAFT, "on_hand": 0},
        "gone": {"state": State.ARCHIVED},
    }
    return {
        name: ProductFactory(
            cooperative=cooperative, number=place + 1, name_fr=name, name_ar="زيت", **values
        )
        for place, (name, values) in enumerate(made.items())
    }


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("", ["draft", "held", "none", "low", "full"]),
        ("published", ["held", "none", "low", "full"]),
        ("draft", ["draft"]),
        ("archived", ["gone"]),
        ("low", ["none", "low"]),
        ("held", ["held"]),
    ],
)
def test_products_by_state(
    shop: dict[str, Product], only: str, names: list[str], django_assert_num_queries: Any
) -> None:
    pk = shop["full"].cooperative_id
    with django_assert_num_queries(1):
        rows = workspace.rows(workspace.products(pk, only=only)[:24])
        assert [row.name for row in rows] == names


def test_products_by_words(shop: dict[str, Product]) -> None:
    pk = shop["full"].cooperative_id
    for words, names in (("lo", ["low"]), ("3", ["none"]), ("9" * 30, []), ("زيت full", ["full"])):
        assert [row.name for row in workspace.rows(workspace.products(pk, words=words))] == names


def test_counts_and_low_stock(shop: dict[str, Product], django_assert_num_queries: Any) -> None:
    pk = shop["full"].cooperative_id
    with django_assert_num_queries(1):
        counts = workspace.counts(pk)
    assert counts == {
        "draft": 1,
        "published": 4,
        "paused": 0,
        "archived": 1,
        "low": 2,
        "held": 1,
    }
    assert [(row.name, row.available, row.is_low) for row in workspace.low_stock(pk)] == [
        ("none", 0, True),
        ("low", 3, True),
    ]
    assert [row.number for row in workspace.every_row(pk)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("many", [1, 3])
def test_one_product_with_all(many: int, django_assert_num_queries: Any) -> None:
    product = ProductFactory()
    for _ in range(many):
        PictureFactory(product=product)
    CertificateFactory(product=product)
    by = member(product.cooperative)

    with django_assert_num_queries(5):  # product, pictures, certificates, labels, membership
        found = workspace.product(product.pk, by=by)
        assert len(found.pictures.all()) == many
        assert [one.label.code for one in found.certificates.all()] == ["igp"]
        assert found.cooperative.shop.pk == product.cooperative_id

    for stranger in (actor(), actor(PersonFactory())):
        with pytest.raises(NotFound):
            workspace.product(product.pk, by=stranger)
