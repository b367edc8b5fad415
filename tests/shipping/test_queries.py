from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.shipping.models import Rate, Zone
from taawon.shipping.queries import Quote, Tariff, quote
from tests.factories import RegionFactory
from tests.orders.build import zones

RATES = ((1000, 3500), (5000, 6000))


def tariff(rates=RATES) -> Tariff:
    return Tariff("far", (), False, frozenset(), 2, 5, rates)


@pytest.mark.parametrize(
    ("grams", "fee"), [(1, 3500), (1000, 3500), (1001, 6000), (5000, 6000), (5001, 9500)]
)
def test_the_fee_of_a_weight(grams, fee):
    assert tariff().fee(grams) == fee


@given(st.integers(1, 100_000), st.integers(0, 10_000))
def test_a_heavier_parcel_is_never_cheaper(grams, more):
    assert tariff().fee(grams + more) >= tariff().fee(grams)


@pytest.mark.django_db
def test_the_zone_of_a_parcel():
    zones()
    south = Zone.objects.create(code="south", name_fr="Sud", days_from=4, days_to=9, position=0)
    south.regions.add(RegionFactory(code="MA-12"))
    Rate.objects.create(zone=south, up_to_grams=1000, fee_centimes=5000)

    assert quote(500, from_region="MA-09", to_region="MA-09") == Quote(2000, 1, 2)
    assert quote(500, from_region="MA-09", to_region="MA-06") == Quote(3500, 2, 5)
    assert quote(500, from_region="MA-09", to_region="MA-12") == Quote(5000, 4, 9)
