"""Reported words: hidden or shown, many at once, and it is said how many."""

from __future__ import annotations

import pytest

from taawon.catalogue.models import Product
from taawon.reviews.models import Review
from tests.backoffice.build import levels, lines
from tests.factories import ReviewFactory


def test_several_at_once(house):
    other = ReviewFactory(state="reported", line__product=house.product)
    Product.objects.filter(pk=house.product.pk).update(rating_sum=10, rating_count=2)
    editor = house.browser("editor")

    answer = editor.post(
        "/backoffice/moderation/reviews/hide/", {"id": [house.review.pk, other.pk, other.pk, "x"]}
    )

    assert [str(one) for one in answer.wsgi_request._messages._queued_messages][0].startswith("2 ")
    assert list(Review.objects.order_by("pk").values_list("state", flat=True)) == ["hidden"] * 2
    house.product.refresh_from_db()
    assert (house.product.rating_sum, house.product.rating_count) == (0, 0)
    assert lines() == [("review-hidden", "staff", house.people["editor"].pk)] * 2


@pytest.mark.parametrize(
    ("kind", "verb", "state", "event"),
    [
        ("reviews", "hide", "hidden", "review-hidden"),
        ("reviews", "show", "shown", "review-shown"),
        ("questions", "hide", "hidden", "question-hidden"),
        ("questions", "show", "shown", "question-shown"),
    ],
)
def test_each_verb(house, kind, verb, state, event):
    one = house.review if kind == "reviews" else house.question

    answer = house.browser("agent").post(f"/backoffice/moderation/{kind}/{verb}/", {"id": one.pk})

    one.refresh_from_db()
    assert (one.state, levels(answer)) == (state, ["success"])
    assert lines() == [(event, "staff", house.people["agent"].pk)]
    listed = house.browser("agent").get(f"/backoffice/moderation/?kind={kind}&state={state}")
    assert [row["one"] for row in listed.context["rows"]] == [one]


def test_another_regions_words_are_left_alone(house):
    elsewhere = house.browser("elsewhere")

    answer = elsewhere.post("/backoffice/moderation/reviews/hide/", {"id": house.review.pk})

    house.review.refresh_from_db()
    assert (house.review.state, levels(answer)) == ("reported", ["success", "warning"])
    assert elsewhere.get("/backoffice/moderation/").context["rows"] == []
    assert lines() == []


def test_nothing_ticked(house):
    answer = house.browser("editor").post("/backoffice/moderation/reviews/hide/")

    assert levels(answer) == ["warning"]
    assert lines() == []
