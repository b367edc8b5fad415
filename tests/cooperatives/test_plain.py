from __future__ import annotations

import pytest

from taawon.cooperatives import plain
from taawon.cooperatives.states import CooperativeStatus
from taawon.places.models import Commune
from tests.factories import CooperativeFactory, SectorFactory, ShopFactory

pytestmark = pytest.mark.django_db


def test_by_words() -> None:
    one = CooperativeFactory(name_fr="Argan d’Aït Baha")
    two = CooperativeFactory(name_fr="Argan de Tiznit")
    CooperativeFactory(name_fr="Argan de Tiznit", merged_into=two)
    CooperativeFactory(name_fr="Miel")
    assert plain.search("argan", {}, 10) == [one.pk, two.pk]
    assert plain.search("argan tiznit", {}, 10) == [two.pk]
    assert plain.search("argan", {"sector": ["argan"]}, 1) == [one.pk]


def test_by_filters() -> None:
    food = SectorFactory(code="food")
    SectorFactory(code="argan", parent=food)
    selling = ShopFactory(cooperative__is_womens=True).cooperative
    Commune.objects.create(code="09.581.01.01", name_fr="Aglou", province=selling.province)
    young = CooperativeFactory(
        is_youth=True,
        commune_id="09.581.01.01",
        status=CooperativeStatus.DISSOLVED,
        sector=SectorFactory(code="crafts"),
    )
    found = {
        (facet, *values): plain.search("", {facet: values}, 10)
        for facet, values in (
            ("women", ["yes"]),
            ("sells", ["yes"]),
            ("youth", ["yes"]),
            ("youth", ["no"]),
            ("status", ["dissolved", "struck_off"]),
            ("region", ["MA-01"]),
            ("province", ["MA-TIZ"]),
            ("commune", ["09.581.01.01"]),
            ("sector", ["food"]),
            ("sector", ["crafts", "argan"]),
        )
    }
    assert found == {
        ("women", "yes"): [selling.pk],
        ("sells", "yes"): [selling.pk],
        ("youth", "yes"): [young.pk],
        ("youth", "no"): [selling.pk],
        ("status", "dissolved", "struck_off"): [young.pk],
        ("region", "MA-01"): [],
        ("province", "MA-TIZ"): [selling.pk, young.pk],
        ("commune", "09.581.01.01"): [young.pk],
        ("sector", "food"): [selling.pk],
        ("sector", "crafts", "argan"): [selling.pk, young.pk],
    }
