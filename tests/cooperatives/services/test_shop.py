from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from taawon.catalogue.states import State
from taawon.cooperatives.errors import DayOutOfRange, NoShop, WrongShopState
from taawon.cooperatives.models import Shop
from taawon.cooperatives.services import shop as shops
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from tests import trail
from tests.factories import (
    CooperativeFactory,
    ProductFactory,
    ShopFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return ShopFactory()


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_pause_and_resume_tell_the_index_of_the_products(shop: Shop) -> None:
    shown = ProductFactory(cooperative=shop.cooperative)
    ProductFactory(cooperative=shop.cooperative, state=State.DRAFT)
    by = member(shop.cooperative, Role.MANAGER)

    shops.pause(shop.pk, in_days(3), by=by)

    shop.refresh_from_db()
    assert (shop.paused_until, shop.is_paused) == (in_days(3), True)
    assert trail.facts() == [{"cooperative_id": shop.pk, "until": in_days(3).isoformat()}]
    assert trail.fed() == [("cooperative", shop.pk), ("product", shown.pk)]

    shops.resume(shop.pk, by=by)
    shops.resume(shop.pk, by=by)

    shop.refresh_from_db()
    assert shop.paused_until is None
    assert trail.names() == ["shop-paused", "shop-resumed"]
    assert trail.fed() == [("cooperative", shop.pk), ("product", shown.pk)] * 2


@pytest.mark.parametrize("days", [-1, 367])
def test_pause_ends_within_a_year(shop: Shop, days: int) -> None:
    with pytest.raises(DayOutOfRange):
        shops.pause(shop.pk, in_days(days), by=member(shop.cooperative))
    shop.refresh_from_db()
    assert (shop.paused_until, trail.events()) == (None, [])


CHANGES: list[Callable[[int, Actor], Any]] = [
    lambda pk, by: shops.pause(pk, in_days(1), by=by),
    lambda pk, by: shops.resume(pk, by=by),
    lambda pk, by: shops.update_about(pk, about={"fr": "Bonjour"}, by=by),
    lambda pk, by: shops.set_pickup(
        pk, offers_pickup=False, pickup_place="", days_to_prepare=5, by=by
    ),
    lambda pk, by: shops.set_food_authorisation(pk, number="E1", expires_on=in_days(1), by=by),
]


@pytest.mark.parametrize("change", CHANGES)
def test_members_who_only_sell_and_strangers_change_nothing(
    shop: Shop, change: Callable[[int, Actor], Any]
) -> None:
    for by, refusal in (
        (member(shop.cooperative, Role.SELLER), NotAllowed),
        (member(CooperativeFactory()), NotFound),
        (actor(), NotFound),
        (staff(), NotFound),
    ):
        with pytest.raises(refusal):
            change(shop.pk, by)
    assert trail.events() == []
    assert list(Shop.objects.values("days_to_prepare", "paused_until")) == [
        {"days_to_prepare": 2, "paused_until": None}
    ]


def test_the_team_acts_on_behalf_and_it_is_on_record(shop: Shop) -> None:
    admin = staff()
    by = Actor(admin.person_id, admin.channel, for_cooperative=shop.pk)

    shops.pause(shop.pk, in_days(1), by=by)

    shop.refresh_from_db()
    assert shop.is_paused is True


def test_suspend_and_reinstate(shop: Shop) -> None:
    product = ProductFactory(cooperative=shop.cooperative)

    shops.suspend(shop.pk, " Plaintes répétées. ", by=staff())

    shop.refresh_from_db()
    assert (shop.state, shop.suspended_because) == ("suspended", "Plaintes répétées.")
    with pytest.raises(WrongShopState):
        shops.suspend(shop.pk, "Encore.", by=staff())

    shops.reinstate(shop.pk, by=staff())

    shop.refresh_from_db()
    assert (shop.state, shop.suspended_because) == ("open", "")
    with pytest.raises(WrongShopState):
        shops.reinstate(shop.pk, by=staff())
    assert trail.names() == ["shop-suspended", "shop-reinstated"]
    assert trail.fed() == [("cooperative", shop.pk), ("product", product.pk)] * 2


def test_only_the_team_suspends(shop: Shop) -> None:
    for by, refusal in (
        (member(shop.cooperative), NotFound),
        (actor(), NotFound),
        (staff("editor"), NotAllowed),
    ):
        with pytest.raises(refusal):
            shops.suspend(shop.pk, "Non.", by=by)
        with pytest.raises(refusal):
            shops.reinstate(shop.pk, by=by)
    with pytest.raises(Missing):
        shops.suspend(shop.pk, " ", by=staff())
    shop.refresh_from_db()
    assert (shop.state, trail.events()) == ("open", [])


def test_a_cooperative_without_a_shop_has_nothing_to_pause() -> None:
    cooperative = CooperativeFactory()
    with pytest.raises(NoShop):
        shops.pause(cooperative.pk, in_days(1), by=member(cooperative))
    with pytest.raises(NoShop):
        shops.suspend(cooperative.pk, "Non.", by=staff())
    with pytest.raises(NotFound):
        shops.suspend(0, "Non.", by=staff())


def test_update_about(shop: Shop) -> None:
    cooperative = shop.cooperative
    shops.update_about(
        cooperative.pk,
        about={"fr": "Huit femmes.\x00\nUn moulin. ", "ar": "ثماني نساء."},
        phone="0528 86 00 00",
        address=" Route de Tafraout ",
        by=member(cooperative),
    )

    cooperative.refresh_from_db()
    assert cooperative.about_fr == "Huit femmes.\nUn moulin."
    assert (cooperative.about_ar, cooperative.about_en) == ("ثماني نساء.", None)
    assert (cooperative.phone, cooperative.address) == ("+212528860000", "Route de Tafraout")
    assert trail.names() == ["cooperative-about-changed"]
    assert trail.fed() == [("cooperative", cooperative.pk)]


@pytest.mark.parametrize(
    "values",
    [
        {"about": {"de": "Hallo"}},
        {"about": {"fr": "x" * 4001}},
        {"about": {}, "phone": "12"},
        {"about": {}, "address": "x" * 301},
    ],
)
def test_update_about_refuses_what_it_cannot_keep(shop: Shop, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        shops.update_about(shop.pk, **values, by=member(shop.cooperative))
    assert trail.events() == []


def test_set_pickup(shop: Shop) -> None:
    by = member(shop.cooperative)

    shops.set_pickup(
        shop.pk, offers_pickup=True, pickup_place=" Au souk ", days_to_prepare=4, by=by
    )

    shop.refresh_from_db()
    assert (shop.offers_pickup, shop.pickup_place, shop.days_to_prepare) == (True, "Au souk", 4)
    assert trail.names() == ["pickup-changed"]
    with pytest.raises(Missing):
        shops.set_pickup(shop.pk, offers_pickup=True, pickup_place="", days_to_prepare=4, by=by)
    with pytest.raises(Invalid):
        shops.set_pickup(shop.pk, offers_pickup=False, pickup_place="", days_to_prepare=31, by=by)
    shop.refresh_from_db()
    assert (shop.offers_pickup, shop.pickup_place, shop.days_to_prepare) == (True, "Au souk", 4)


def test_food_authorisation(shop: Shop) -> None:
    cooperative, by = shop.cooperative, member(shop.cooperative)

    shops.set_food_authorisation(shop.pk, number=" ES.12.34 ", expires_on=in_days(9), by=by)

    cooperative.refresh_from_db()
    assert cooperative.food_authorisation == "ES.12.34"
    assert cooperative.food_authorisation_expires_on == in_days(9)
    with pytest.raises(Missing):
        shops.set_food_authorisation(shop.pk, number="E2", expires_on=None, by=by)

    shops.set_food_authorisation(shop.pk, number="", expires_on=in_days(9), by=by)

    cooperative.refresh_from_db()
    assert cooperative.food_authorisation == ""
    assert cooperative.food_authorisation_expires_on is None
    assert trail.names() == ["food-authorisation-changed"] * 2


def test_only_the_team_exempts(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shops.record_food_exemption(shop.pk, "Brut.", by=member(shop.cooperative))

    shops.record_food_exemption(shop.pk, " Brut. ", by=staff())

    shop.cooperative.refresh_from_db()
    assert shop.cooperative.food_exemption == "Brut."
