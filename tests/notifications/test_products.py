from __future__ import annotations

from datetime import date

import pytest

from taawon.catalogue import events
from taawon.catalogue.models import Hold, Product
from taawon.messaging.models import Message
from taawon.notifications import products as listeners
from tests.factories import MembershipFactory, ProductFactory

SHOP = "https://taawon.example/en/seller/"


@pytest.fixture
def product(settings, db) -> Product:
    settings.SITE_URL = "https://taawon.example"
    return ProductFactory(name_fr="Amlou")


def told() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("key", "to", "text"))


def test_a_hold_and_its_end_are_told_each_time(product):
    member = MembershipFactory(cooperative=product.cooperative, person__language="en").person
    keys = []
    for _ in range(2):
        hold = Hold.objects.create(product=product, reason="The label is missing.")
        listeners.tell_that_it_is_held(events.ProductHeld(product_id=product.pk, hold_id=hold.pk))
        hold.lifted_at = hold.placed_at
        hold.save()
        listeners.tell_that_it_is_free(events.HoldLifted(product_id=product.pk, hold_id=hold.pk))
        keys += [
            f"catalogue.hold:{hold.pk}:product-held:seller:{member.pk}",
            f"catalogue.hold:{hold.pk}:hold-lifted:seller:{member.pk}",
        ]
    texts = [
        f'"Amlou" is hidden for now: The label is missing. Answer here: {SHOP}',
        f'"Amlou" is shown to customers again. {SHOP}',
    ]
    assert told() == [(key, member.phone, text) for key, text in zip(keys, texts * 2, strict=True)]


def test_a_lapsed_authorisation_is_told_once_for_all_products(product):
    cooperative = product.cooperative
    cooperative.name_fr = "Tifaout"
    cooperative.food_authorisation_expires_on = date(2026, 3, 31)
    cooperative.save()
    member = MembershipFactory(cooperative=cooperative, person__language="en").person
    for each in (product, ProductFactory(cooperative=cooperative)):
        listeners.tell_of_the_food_authorisation(
            events.AuthorisationLapsed(product_id=each.pk, cooperative_id=cooperative.pk)
        )
    assert told() == [
        (
            f"cooperatives.cooperative:{cooperative.pk}:food-authorisation-lapsed:2026-03-31"
            f":seller:{member.pk}",
            member.phone,
            f"The food authorisation of Tifaout is over. Its foods are paused: {SHOP}",
        )
    ]
