from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.core.money import Money, per


def test_written_as_in_a_text():
    assert [str(Money(amount)) for amount in (12000, 12050, 5, -250)] == [
        "120 DH",
        "120,50 DH",
        "0,05 DH",
        "-2,50 DH",
    ]


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_adding_and_taking_away(one, other):
    assert Money(one) + Money(other) - Money(other) == Money(one)


@pytest.mark.parametrize(
    ("centimes", "amount", "base", "expected"),
    [(9000, 500, 1000, 18000), (100, 3, 1, 33), (50, 4, 1, 13), (45, 1, 1, 45)],
)
def test_the_price_of_a_kilogram_is_rounded_half_up(centimes, amount, base, expected):
    assert per(centimes, amount, base) == expected
