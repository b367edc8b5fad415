from __future__ import annotations

import pytest

from taawon.core import batches
from taawon.places.models import Region
from tests.factories import RegionFactory


@pytest.mark.django_db
def test_a_batch_at_a_time_until_none_is_left(monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)
    for number in range(5):
        RegionFactory(code=f"MA-{number}", seat="Agadir")
    RegionFactory(code="MA-9", seat="Rabat")
    sizes = []

    def treat(rows) -> None:
        sizes.append(rows.update(seat=""))

    assert batches.in_batches(Region.objects.filter(seat="Agadir"), treat, by="code") == 5
    assert sizes == [2, 2, 1]
    assert batches.delete(Region.objects.filter(seat=""), by="code") == 5
    assert [region.code for region in Region.objects.all()] == ["MA-9"]


@pytest.mark.django_db
def test_another_value_in_each_row(django_assert_num_queries):
    for number in range(3):
        RegionFactory(code=f"MA-{number}", population=1)

    with django_assert_num_queries(1):
        batches.write_each(Region, "population", {"MA-0": 2, "MA-2": 3})
        batches.write_each(Region, "population", {})

    found = Region.objects.order_by("code").values_list("population", flat=True)
    assert list(found) == [2, 1, 3]
