"""What the national team sees of reviews and questions; the caller has asked the rules."""

from __future__ import annotations

from django.db.models import QuerySet

from taawon.reviews.models import Question, Review


def reviews(state: str, region_code: str | None = None) -> QuerySet[Review]:
    """Reviews in a state, newest first, with their products and cooperatives."""
    found = Review.objects.filter(state=state)
    if region_code:
        found = found.filter(product__cooperative__region_id=region_code)
    return found.select_related("product__cooperative").order_by("-pk")


def questions(state: str, region_code: str | None = None) -> QuerySet[Question]:
    """Questions in a state, newest first, with their products and cooperatives."""
    found = Question.objects.filter(state=state)
    if region_code:
        found = found.filter(product__cooperative__region_id=region_code)
    return found.select_related("product__cooperative").order_by("-pk")
