from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taawon.cooperatives.errors import AlreadyRegistered
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.services import registry
from taawon.core.errors import Invalid, NotAllowed, NotFound
from tests import trail
from tests.factories import (
    PersonFactory,
    ProvinceFactory,
    RegionFactory,
    SectorFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> dict[str, Any]:
    return {
        "names": {"fr": "Tifaout n’Souss", "ar": "تيفاوت سوس"},
        "registration_number": " 12/2020 ",
        "sector_code": SectorFactory().pk,
        "province_code": ProvinceFactory().pk,
        "phone": "0528860000",
        "is_womens": True,
        "women": 12,
    }


def test_add(entry: dict[str, Any]) -> None:
    added = registry.add(**entry, by=staff())

    found = Cooperative.objects.get()
    assert found == added
    assert (found.name_fr, found.name_ar, found.slug) == (
        "Tifaout n’Souss",
        "تيفاوت سوس",
        "tifaout-n-souss",
    )
    assert (found.registration_number, found.region_id, found.status) == (
        "12/2020",
        "MA-09",
        "active",
    )
    assert (found.phone, found.is_womens, found.women, found.men) == ("+212528860000", True, 12, 0)
    assert trail.events() == [("cooperative-added", f"cooperatives.cooperative:{found.pk}")]
    assert trail.fed() == [("cooperative", found.pk)]


def test_add_once(entry: dict[str, Any]) -> None:
    registry.add(**entry, by=staff())
    with pytest.raises(AlreadyRegistered):
        registry.add(**entry, by=staff())
    assert Cooperative.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": {}},
        {"names": {"en": "Tifaout", "zgh": "ⵜⵉⴼⴰⵡⵜ"}},
        {"names": {"fr": "x" * 201}},
        {"registration_number": ""},
        {"registration_kind": "rumour"},
        {"registered_on": date(2999, 1, 1)},
        {"sector_code": "none"},
        {"province_code": "MA-XXX"},
        {"commune_code": "01"},
        {"phone": "12"},
        {"women": -1},
        {"men": True},
    ],
)
def test_add_refuses_what_it_cannot_read(entry: dict[str, Any], wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        registry.add(**(entry | wrong), by=staff())
    assert (Cooperative.objects.count(), trail.events()) == (0, [])


def test_who_may_add(entry: dict[str, Any]) -> None:
    for by, refusal in (
        (actor(), NotFound),
        (actor(PersonFactory()), NotFound),
        (staff("editor"), NotAllowed),
        (staff("agent", staff_region=RegionFactory(code="MA-01")), NotAllowed),
    ):
        with pytest.raises(refusal):
            registry.add(**entry, by=by)
    assert Cooperative.objects.count() == 0
