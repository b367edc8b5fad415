from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from taawon.catalogue.models import Product
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from taawon.orders.models import OrderLine
from taawon.orders.states import State as OrderState
from taawon.reviews import privacy
from taawon.reviews.errors import AlreadyReviewed, NotDelivered, TooLate
from taawon.reviews.models import Review
from taawon.reviews.services import reviews
from taawon.reviews.states import State
from tests import trail
from tests.factories import (
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ReviewFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> OrderLine:
    buyer = PersonFactory(name="Fatima Zahra Bennani")
    return OrderLineFactory(order=OrderFactory(buyer=buyer, state=OrderState.DELIVERED))


@pytest.fixture
def review() -> Review:
    review = ReviewFactory()
    Product.objects.filter(pk=review.product_id).update(rating_sum=5, rating_count=1)
    return review


def rating(product_id: int) -> tuple[int, int]:
    return Product.objects.values_list("rating_sum", "rating_count").get(pk=product_id)


def test_write(line: OrderLine) -> None:
    with translation.override("ar"):
        review = reviews.write(
            line.pk, stars=4, text=" زيت\x00 ممتاز \u202e", by=actor(line.order.buyer)
        )

    review.refresh_from_db()
    assert (review.stars, review.text, review.language) == (4, "زيت ممتاز", "ar")
    assert (review.author, review.state) == ("Fatima B.", State.SHOWN)
    assert rating(line.product_id) == (4, 1)
    assert trail.events() == [("review-written", f"reviews.review:{review.pk}")]
    assert trail.facts() == [{"review_id": review.pk, "product_id": line.product_id, "stars": 4}]
    assert trail.fed() == [("product", line.product_id)]


def test_write_once(line: OrderLine) -> None:
    by = actor(line.order.buyer)
    reviews.write(line.pk, stars=4, text="", language="fr", by=by)
    with pytest.raises(AlreadyReviewed):
        reviews.write(line.pk, stars=1, text="Non.", by=by)
    assert rating(line.product_id) == (4, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stars": 0},
        {"stars": 6},
        {"stars": 4.5},
        {"stars": "5"},
        {"stars": True},
        {"text": "x" * 2001},
        {"language": "de"},
    ],
)
def test_write_refuses_what_it_cannot_keep(line: OrderLine, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        reviews.write(line.pk, **({"stars": 5, "text": ""} | wrong), by=actor(line.order.buyer))
    assert (Review.objects.count(), rating(line.product_id)) == (0, (0, 0))
    assert trail.events() == []


def test_only_the_buyer_writes_and_only_after_delivery(line: OrderLine) -> None:
    for by in (actor(), actor(PersonFactory()), member(line.order.cooperative), staff()):
        with pytest.raises(NotFound):
            reviews.write(line.pk, stars=5, text="", by=by)
    with pytest.raises(NotFound):
        reviews.write(0, stars=5, text="", by=staff())
    line.order.state = OrderState.SHIPPED
    line.order.save()
    with pytest.raises(NotDelivered):
        reviews.write(line.pk, stars=5, text="", by=actor(line.order.buyer))
    assert (Review.objects.count(), rating(line.product_id)) == (0, (0, 0))


def test_edit_within_a_week(review: Review) -> None:
    by = actor(review.person)

    reviews.edit(review.pk, stars=2, text="Moins bien.", by=by)

    review.refresh_from_db()
    assert (review.stars, review.text, rating(review.product_id)) == (2, "Moins bien.", (2, 1))
    assert trail.names() == ["review-edited"]

    Review.objects.update(written_at=timezone.now() - timedelta(days=7))
    with pytest.raises(TooLate):
        reviews.edit(review.pk, stars=1, text="", by=by)
    with pytest.raises(NotFound):
        reviews.edit(review.pk, stars=1, text="", by=actor(PersonFactory()))
    assert rating(review.product_id) == (2, 1)


def test_answer(review: Review) -> None:
    by = member(review.product.cooperative)

    reviews.answer(review.pk, "Merci !", by=by)

    review.refresh_from_db()
    assert (review.answer, review.answered_at is None) == ("Merci !", False)
    assert trail.names() == ["review-answered"]
    with pytest.raises(Missing):
        reviews.answer(review.pk, " ", by=by)
    for stranger in (actor(), actor(review.person), staff()):
        with pytest.raises(NotAllowed):
            reviews.answer(review.pk, "Moi.", by=stranger)
    review.refresh_from_db()
    assert review.answer == "Merci !"


def test_report_hide_show(review: Review) -> None:
    reviews.report(review.pk, by=actor(PersonFactory()))
    reviews.report(review.pk, by=actor(PersonFactory()))
    review.refresh_from_db()
    assert (review.state, rating(review.product_id)) == (State.REPORTED, (5, 1))

    reviews.hide(review.pk, by=staff())
    reviews.hide(review.pk, by=staff())
    review.refresh_from_db()
    assert (review.state, rating(review.product_id)) == (State.HIDDEN, (0, 0))
    with pytest.raises(NotFound):
        reviews.report(review.pk, by=actor(PersonFactory()))
    with pytest.raises(NotFound):
        reviews.answer(review.pk, "Moi.", by=actor(PersonFactory()))

    reviews.show(review.pk, by=staff())
    reviews.show(review.pk, by=staff())
    review.refresh_from_db()
    assert (review.state, rating(review.product_id)) == (State.SHOWN, (5, 1))
    assert trail.names() == ["review-reported", "review-hidden", "review-shown"]


def test_a_hidden_review_is_edited_without_counting(review: Review) -> None:
    reviews.hide(review.pk, by=staff())
    reviews.edit(review.pk, stars=1, text="", by=actor(review.person))
    assert rating(review.product_id) == (0, 0)
    reviews.show(review.pk, by=staff())
    assert rating(review.product_id) == (1, 1)


def test_only_the_team_hides(review: Review) -> None:
    for by in (actor(), actor(review.person), member(review.product.cooperative)):
        with pytest.raises(NotFound):
            reviews.hide(review.pk, by=by)
        with pytest.raises(NotFound):
            reviews.show(review.pk, by=by)
    with pytest.raises(NotAllowed):
        reviews.report(review.pk, by=actor())
    review.refresh_from_db()
    assert (review.state, rating(review.product_id), trail.events()) == (State.SHOWN, (5, 1), [])


def test_an_erased_person_leaves_the_words(review: Review) -> None:
    person = review.person
    assert [one["stars"] for one in privacy.export(person.pk)["reviews"]] == [5]

    privacy.erase(person.pk)

    review.refresh_from_db()
    assert (review.person, review.author, review.text) == (None, "", "Très bonne huile.")
    assert privacy.export(person.pk) == {"reviews": [], "questions": []}
