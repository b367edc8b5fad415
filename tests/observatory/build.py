"""A small register for the tests of the observatory."""

from __future__ import annotations

from datetime import date

from taawon.cooperatives.models import Cooperative
from tests.factories import (
    CooperativeFactory,
    ProvinceFactory,
    RegionFactory,
    SectorFactory,
    ShopFactory,
)


def tifaout(**more: object) -> Cooperative:
    """One that says everything that a cooperative can say, its phone and address included."""
    wanted = {
        "name_fr": "Tifaout",
        "name_ar": "تيفاوت",
        "slug": "tifaout",
        "registration_number": "00123",
        "registered_on": date(2024, 5, 1),
        "is_womens": True,
        "phone": "+212528123456",
        "address": "12, rue des Amandiers",
    }
    return CooperativeFactory(**{**wanted, **more})


def three() -> list[Cooperative]:
    """A women's cooperative of argan that sells, another of honey, and one of the Oriental."""
    first = tifaout()
    ShopFactory(cooperative=first)
    second = CooperativeFactory(sector=SectorFactory(code="miel", name_fr="Miel", name_ar="العسل"))
    oriental = RegionFactory(code="MA-02", name_fr="Oriental", name_ar="الشرق")
    oujda = ProvinceFactory(code="MA-OUJ", name_fr="Oujda", name_ar="وجدة", region=oriental)
    third = CooperativeFactory(province=oujda, is_womens=True)
    return [first, second, third]
