from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from taawon.catalogue.errors import Moved, OutOfStock, SoldOut
from taawon.catalogue.models import Product
from taawon.catalogue.services import stock
from taawon.search.models import Change
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def shelf(product) -> tuple[int, int]:
    product.refresh_from_db()
    return product.on_hand, product.reserved


def reserve(wanted):
    """As an order says it, with those who sell."""
    sellers = Product.objects.filter(pk__in=wanted).values_list("pk", "cooperative_id")
    stock.reserve(wanted, sellers=dict(sellers))


def test_what_went_to_another_cooperative_is_not_kept_back():
    product = ProductFactory(name_fr="Miel")
    with pytest.raises(Moved) as refusal:
        stock.reserve({product.pk: 1}, sellers={product.pk: product.cooperative_id + 1})
    assert refusal.value.facts == {"product": "Miel", "product_id": product.pk}
    assert shelf(product) == (10, 0)


def test_reserve_take_and_give_back():
    product = ProductFactory(on_hand=10)

    reserve({product.pk: 4})
    assert shelf(product) == (10, 4)
    stock.take({product.pk: 4})
    assert shelf(product) == (6, 0)
    stock.give_back({product.pk: 4})
    assert shelf(product) == (10, 0)
    reserve({product.pk: 10})
    stock.release({product.pk: 10})
    assert shelf(product) == (10, 0)


def test_all_or_nothing():
    plenty, few = ProductFactory(on_hand=10), ProductFactory(on_hand=1)

    with pytest.raises(OutOfStock):
        reserve({plenty.pk: 1, few.pk: 2})
    assert (shelf(plenty), shelf(few)) == ((10, 0), (1, 0))


def test_sold_out_says_so():
    product = ProductFactory(on_hand=0, name_fr="Miel")
    with pytest.raises(SoldOut) as refusal:
        reserve({product.pk: 1})
    assert refusal.value.facts == {"product": "Miel", "product_id": product.pk, "left": 0}


def test_the_index_hears_of_what_is_sold_out_and_of_what_is_back():
    product = ProductFactory(on_hand=3)
    Change.objects.all().delete()

    reserve({product.pk: 2})
    assert Change.objects.count() == 0
    reserve({product.pk: 1})
    stock.release({product.pk: 3})
    assert list(Change.objects.values_list("kind", "document_id")) == [
        ("product", product.pk),
        ("product", product.pk),
    ]


@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(["reserve", "take", "release"]), st.integers(1, 6)))
)
def test_stock_is_never_undercut(db, steps):
    product = ProductFactory(on_hand=12)
    waiting: list[int] = []
    gone = 0
    for step, packs in steps:
        if step == "reserve":
            try:
                reserve({product.pk: packs})
                waiting.append(packs)
            except OutOfStock:
                assert packs > 12 - gone - sum(waiting)
        elif waiting:
            packs = waiting.pop()
            getattr(stock, step)({product.pk: packs})
            gone += packs if step == "take" else 0
        assert shelf(product) == (12 - gone, sum(waiting))
