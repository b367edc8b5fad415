from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taawon.accounts.models import StaffRole
from taawon.catalogue import rules
from taawon.catalogue.states import State
from taawon.cooperatives.models import Shop
from taawon.cooperatives.states import Role, ShopState
from tests.factories import CategoryFactory, PersonFactory, ProductFactory, actor, member, staff

pytestmark = pytest.mark.django_db


def test_who_may_edit_and_who_may_hold() -> None:
    product = ProductFactory()
    seller = member(product.cooperative, Role.SELLER)
    on_behalf = actor(
        PersonFactory(staff_role=StaffRole.ADMINISTRATOR), for_cooperative=product.cooperative_id
    )
    asked = [seller, on_behalf, staff(), staff(StaffRole.EDITOR), actor(PersonFactory()), actor()]

    assert [rules.may_edit(by, product) for by in asked] == [True, True] + [False] * 4
    assert [rules.may_hold(by, product) for by in asked] == [False, True, True] + [False] * 3


@pytest.mark.parametrize(
    ("state", "held", "shop", "visible"),
    [
        (State.PUBLISHED, False, Shop(state=ShopState.OPEN), True),
        (State.PUBLISHED, False, Shop(state=ShopState.OPEN, paused_until=date(2999, 1, 1)), True),
        (State.PUBLISHED, True, Shop(state=ShopState.OPEN), False),
        (State.PUBLISHED, False, Shop(state=ShopState.SUSPENDED), False),
        (State.PUBLISHED, False, None, False),
        (State.PAUSED, False, Shop(state=ShopState.OPEN), False),
        (State.DRAFT, False, Shop(state=ShopState.OPEN), False),
    ],
)
def test_what_is_visible(state: State, held: bool, shop: Shop | None, visible: bool) -> None:
    product = ProductFactory.build(cooperative=None, category=None, state=state, held=held)
    assert rules.is_visible(product, shop) is visible


FULL = {"cover": "products/a"}


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        (FULL, []),
        ({}, ["picture"]),
        (FULL | {"name_fr": "", "name_ar": ""}, ["name"]),
        (FULL | {"name_fr": "", "name_ar": "عسل"}, []),
        (FULL | {"price_centimes": 0}, ["price"]),
        (
            FULL | {"weight_grams": 0, "state": State.DRAFT, "category": None},
            ["category", "weight"],
        ),
    ],
)
def test_what_a_draft_lacks(values: dict[str, Any], missing: list[str]) -> None:
    assert [lack.code for lack in rules.missing(ProductFactory(**values))] == missing


@pytest.mark.parametrize(
    ("cooperative", "missing"),
    [
        ({}, ["food"]),
        (
            {
                "food_authorisation": "E1",
                "food_authorisation_expires_on": date(2026, 5, 2),
            },
            [],
        ),
        (
            {
                "food_authorisation": "E1",
                "food_authorisation_expires_on": date(2026, 5, 1),
            },
            ["food"],
        ),
        ({"food_exemption": "Brut."}, []),
    ],
)
def test_processed_food_needs_an_authorisation(
    cooperative: dict[str, Any], missing: list[str]
) -> None:
    jam = CategoryFactory(slug="jam", processed_food=True)
    product = ProductFactory(category=jam, **FULL)
    for name, value in cooperative.items():
        setattr(product.cooperative, name, value)
    assert [lack.code for lack in rules.missing(product, date(2026, 5, 2))] == missing
