from __future__ import annotations

from typing import Any

import pytest

from taawon.catalogue.models import Product
from taawon.orders.states import State as OrderState
from taawon.reviews import queries
from taawon.reviews.models import Review
from taawon.reviews.states import State
from tests.factories import (
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db


def review_of(product: Product, **more: Any) -> Review:
    return ReviewFactory(
        line__product=product, line__order__cooperative=product.cooperative, **more
    )


@pytest.mark.parametrize("many", [1, 3])
def test_reviews_of_a_product(many: int, django_assert_num_queries: Any) -> None:
    product = ProductFactory()
    made = [review_of(product, stars=place + 1) for place in range(many)]
    review_of(product, state=State.HIDDEN)
    ReviewFactory()

    with django_assert_num_queries(1):
        shown = queries.reviews_of(product.pk)

    assert [(one.id, one.author, one.stars) for one in shown] == [
        (one.pk, "Fatima B.", one.stars) for one in reversed(made)
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_questions_of_a_product(many: int, django_assert_num_queries: Any) -> None:
    product = ProductFactory()
    made = QuestionFactory.create_batch(many, product=product)
    reported = QuestionFactory(product=product, state=State.REPORTED)
    QuestionFactory(product=product, state=State.HIDDEN)

    with django_assert_num_queries(1):
        shown = queries.questions_of(product.pk)

    assert [one.id for one in shown] == [reported.pk, *(one.pk for one in reversed(made))]


def test_stars_of_a_product() -> None:
    product = ProductFactory()
    for stars in (5, 5, 2):
        review_of(product, stars=stars)
    review_of(product, stars=1, state=State.HIDDEN)
    assert queries.stars_of(product.pk) == {5: 2, 4: 0, 3: 0, 2: 1, 1: 0}


def test_what_a_person_can_review() -> None:
    person = PersonFactory()
    delivered = OrderLineFactory(order=OrderFactory(buyer=person, state=OrderState.DELIVERED))
    OrderLineFactory(order=OrderFactory(buyer=person))
    OrderLineFactory(order=OrderFactory(state=OrderState.DELIVERED))
    done = ReviewFactory(line__order__buyer=person)

    assert list(queries.reviewable_lines(person.pk)) == [delivered]
    assert list(queries.reviews_by(person.pk)) == [done]
    assert queries.review_of_line(done.line_id) == done
    assert queries.review_of_line(delivered.pk) is None


def test_what_a_cooperative_answers() -> None:
    product = ProductFactory()
    review = review_of(product)
    open_one = QuestionFactory(product=product)
    answered = QuestionFactory(product=product, answer="Oui.", answered_at=open_one.asked_at)
    QuestionFactory()

    pk = product.cooperative_id
    assert list(queries.reviews_for(pk)) == [review]
    assert list(queries.questions_for(pk)) == [answered, open_one]
    assert list(queries.questions_for(pk, unanswered=True)) == [open_one]


def test_what_the_team_looks_at() -> None:
    review = ReviewFactory(state=State.REPORTED)
    question = QuestionFactory(state=State.REPORTED)
    ReviewFactory()
    QuestionFactory(state=State.HIDDEN)
    for region, seen in ((None, True), ("MA-09", True), ("MA-01", False)):
        assert list(queries.reviews_to_look_at(region)) == [review] * seen
        assert list(queries.questions_to_look_at(region)) == [question] * seen
