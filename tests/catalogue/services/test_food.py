from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.catalogue import tasks
from taawon.catalogue.models import Product
from taawon.catalogue.services import food
from taawon.catalogue.states import State
from taawon.core.actor import Actor
from tests import trail
from tests.factories import CategoryFactory, CooperativeFactory, ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db


def jam(days: int | None, **more: object) -> Product:
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    cooperative = CooperativeFactory(
        food_authorisation="" if days is None else "E1",
        food_authorisation_expires_on=until,
        food_exemption=more.pop("exemption", ""),
    )
    ShopFactory(cooperative=cooperative)
    category = CategoryFactory(slug="jam", processed_food=True)
    return ProductFactory(**({"cooperative": cooperative, "category": category} | more))


def test_the_clock_pauses_food_without_authorisation() -> None:
    over, never = jam(-1), jam(None)
    today, exempt = jam(0), jam(-1, exemption="Brut.")
    draft = jam(-1, state=State.DRAFT)
    raw = jam(-1, category=CategoryFactory(slug="fruit"))

    tasks.pause_unauthorised_food()

    states = dict(Product.objects.values_list("pk", "state"))
    assert states == {
        over.pk: "paused",
        never.pk: "paused",
        today.pk: "published",
        exempt.pk: "published",
        draft.pk: "draft",
        raw.pk: "published",
    }
    assert trail.names() == ["food-authorisation-lapsed"] * 2
    assert trail.facts()[0] == {"product_id": over.pk, "cooperative_id": over.cooperative_id}
    assert trail.fed() == [("product", over.pk), ("product", never.pk)]
    assert food.pause_unauthorised(by=Actor.system()) == []
