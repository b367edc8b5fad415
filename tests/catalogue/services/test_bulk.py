from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taawon.catalogue.errors import BulkRefused, TooManyRows
from taawon.catalogue.models import Product
from taawon.catalogue.services import bulk
from taawon.catalogue.services.bulk import Row
from taawon.cooperatives.states import Role
from taawon.core.errors import NotFound
from tests import trail
from tests.factories import PersonFactory, ProductFactory, ShopFactory, actor, member


def shelf() -> dict[int, tuple[int, int, int]]:
    rows = Product.objects.order_by("number")
    return {row.number: (row.price_centimes, row.on_hand, row.low_stock) for row in rows}


@pytest.fixture
def products() -> list[Product]:
    cooperative = ShopFactory().cooperative
    return [
        ProductFactory(cooperative=cooperative, number=number, reserved=2) for number in (1, 2, 3)
    ]


@pytest.mark.django_db
def test_bulk_edit_changes_what_is_given(products: list[Product]) -> None:
    cooperative = products[0].cooperative
    rows = [Row(3, price_centimes=500), Row(1, on_hand=2, low_stock=0), Row(2, on_hand=10)]

    changed = bulk.bulk_edit(cooperative.pk, rows, by=member(cooperative, Role.SELLER))

    assert changed == [products[2].pk, products[0].pk]
    assert shelf() == {1: (12_000, 2, 0), 2: (12_000, 10, 3), 3: (500, 10, 3)}
    assert trail.names() == ["price-changed", "stock-changed", "product-edited"]


@pytest.mark.django_db
def test_bulk_edit_names_every_error_of_every_row(products: list[Product]) -> None:
    cooperative = products[0].cooperative
    ProductFactory(number=9)  # Somebody else's.
    before = shelf()
    rows = [
        Row(1, price_centimes=500),
        Row(2, price_centimes=0, on_hand=1, low_stock=-1),
        Row(3, on_hand=10**9),
        Row(3, on_hand=5),
        Row(9, on_hand=5),
    ]

    with pytest.raises(BulkRefused) as refusal:
        bulk.bulk_edit(cooperative.pk, rows, by=member(cooperative))

    assert {
        number: [one.code for one in errors]
        for number, errors in refusal.value.facts["errors"].items()
    } == {
        2: ["out-of-range", "out-of-range", "below-reserved"],
        3: ["out-of-range", "invalid"],
        9: ["not-found"],
    }
    assert (shelf(), trail.events(), trail.fed()) == (before, [], [])


@pytest.mark.django_db
def test_bulk_edit_is_for_members_and_has_an_end(products: list[Product]) -> None:
    cooperative = products[0].cooperative
    with pytest.raises(NotFound):
        bulk.bulk_edit(cooperative.pk, [Row(1, on_hand=5)], by=actor(PersonFactory()))
    with pytest.raises(TooManyRows):
        bulk.bulk_edit(cooperative.pk, [Row(1)] * 501, by=member(cooperative))
    assert shelf()[1] == (12_000, 10, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_rows_that_change_nothing_cost_the_same(many: int, django_assert_num_queries) -> None:
    cooperative = ShopFactory().cooperative
    for number in range(many):
        ProductFactory(cooperative=cooperative, number=number)
    by = member(cooperative)
    with django_assert_num_queries(5):  # savepoint, membership, ids, lock, release
        assert bulk.bulk_edit(cooperative.pk, [Row(n) for n in range(many)], by=by) == []


class AllOrNothing(TestCase):
    """Whatever the table holds: either every row is on the shelf, or none."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.builds(
                Row,
                number=st.integers(1, 4),
                price_centimes=st.none() | st.integers(-1, 10_000_002),
                on_hand=st.none() | st.integers(-1, 5),
                low_stock=st.none() | st.integers(0, 3),
            ),
            max_size=5,
        )
    )
    def test_all_or_nothing(self, rows: list[Row]) -> None:
        cooperative = ShopFactory().cooperative
        for number in (1, 2, 3):
            ProductFactory(cooperative=cooperative, number=number, reserved=2)
        before = shelf()
        good = len({row.number for row in rows}) == len(rows) and all(
            row.number != 4
            and (row.price_centimes is None or 1 <= row.price_centimes <= 10_000_000)
            and (row.on_hand is None or row.on_hand >= 2)
            for row in rows
        )
        try:
            bulk.bulk_edit(cooperative.pk, rows, by=member(cooperative))
        except BulkRefused as refusal:
            refused = set(refusal.facts["errors"])
        else:
            refused = set()
        if not good:
            assert refused <= {row.number for row in rows}
            assert refused != set()
            assert (shelf(), trail.events(), trail.fed()) == (before, [], [])
            return
        assert refused == set()
        after = dict(before)
        for row in rows:
            old = after[row.number]
            new = (row.price_centimes, row.on_hand, row.low_stock)
            after[row.number] = tuple(b if a is None else a for a, b in zip(new, old, strict=True))
        assert shelf() == after
