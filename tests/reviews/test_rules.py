from __future__ import annotations

import pytest

from taawon.accounts.models import StaffRole
from taawon.orders.states import State
from taawon.reviews import rules
from tests.factories import (
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    RegionFactory,
    ReviewFactory,
    actor,
    member,
    staff,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Fatima Zahra Bennani", "Fatima B."),
        ("Fatima", "Fatima"),
        (" aïcha   el idrissi ", "aïcha I."),
        ("فاطمة بناني", "فاطمة ب."),
        ("", ""),
        ("0612345678", ""),
        ("Fatima 0612345678", "Fatima"),
        ("x" * 120, "x" * 60),
    ],
)
def test_the_name_that_is_shown(name: str, shown: str) -> None:
    assert rules.shown_name(name) == shown


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_only_what_was_delivered_is_reviewed(state: State) -> None:
    buyer = PersonFactory()
    line = OrderLineFactory(order=OrderFactory(buyer=buyer, state=state))
    assert rules.may_review(actor(buyer), line) is (state == State.DELIVERED)
    assert rules.may_review(actor(PersonFactory()), line) is False
    assert rules.may_review(actor(), line) is False


@pytest.mark.django_db
def test_a_line_is_reviewed_once() -> None:
    review = ReviewFactory()
    assert rules.may_review(actor(review.person), review.line) is False


@pytest.mark.django_db
def test_a_guests_order_is_reviewed_by_nobody() -> None:
    line = OrderLineFactory(order=OrderFactory(state=State.DELIVERED))
    assert rules.may_review(actor(), line) is False


@pytest.mark.django_db
def test_who_answers_and_who_moderates() -> None:
    product = ProductFactory()
    asked = [
        member(product.cooperative),
        staff(),
        staff(StaffRole.EDITOR),
        staff(StaffRole.AGENT, staff_region_id=product.cooperative.region_id),
        staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01")),
        actor(PersonFactory()),
        actor(),
    ]
    assert [rules.may_answer(by, product) for by in asked] == [True] + [False] * 6
    assert [rules.may_moderate(by, product) for by in asked] == [
        False,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
