"""What can be read of reviews and questions. Every list on a screen starts here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from taawon.core.prepared import Prepared
from taawon.orders.models import OrderLine
from taawon.orders.states import State as OrderState
from taawon.reviews.models import Question, Review
from taawon.reviews.states import State

_STANDING = (State.SHOWN, State.REPORTED)
MOST = 50
_REVIEW = (
    "pk",
    "author",
    "stars",
    "text",
    "language",
    "answer",
    "written_at",
    "answered_at",
    "person_id",
)
_QUESTION = ("pk", "author", "text", "language", "answer", "asked_at", "answered_at", "person_id")


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A review as everybody sees it; `person_id` only tells its author that it is theirs."""

    id: int
    author: str
    stars: int
    text: str
    language: str
    answer: str
    written_at: datetime
    answered_at: datetime | None
    person_id: int | None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    id: int
    author: str
    text: str
    language: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None
    person_id: int | None


_reviews = Prepared(
    lambda product: (
        Review.objects.filter(product_id=product, state__in=_STANDING)
        .order_by("-pk")
        .values(*_REVIEW)[:MOST]
    )
)
_questions = Prepared(
    lambda product: (
        Question.objects.filter(product_id=product, state__in=_STANDING)
        .order_by("-pk")
        .values(*_QUESTION)[:MOST]
    )
)


def reviews_of(product_id: int) -> list[ShownReview]:
    """Of a product, the newest 50; one query."""
    return [ShownReview(**_with_id(row)) for row in _reviews(product_id)]


def questions_of(product_id: int) -> list[ShownQuestion]:
    """Of a product, the newest 50; one query."""
    return [ShownQuestion(**_with_id(row)) for row in _questions(product_id)]


def stars_of(product_id: int) -> dict[int, int]:
    """How many reviews gave so many stars: {5: 3, 4: 0, 3: 1, 2: 0, 1: 0}; one query."""
    found = Review.objects.filter(product_id=product_id, state__in=_STANDING)
    asked = {f"s{stars}": Count("pk", filter=Q(stars=stars)) for stars in range(5, 0, -1)}
    counted = found.aggregate(**asked)
    return {int(name[1:]): count for name, count in counted.items()}


def reviewable_lines(person_id: int) -> QuerySet[OrderLine]:
    """What a person received and has not reviewed yet, the latest order first."""
    lines = OrderLine.objects.filter(
        order__buyer_id=person_id, order__state=OrderState.DELIVERED, review__isnull=True
    )
    return lines.select_related("order", "product").order_by("-order_id", "pk")


def reviews_by(person_id: int) -> QuerySet[Review]:
    """A person's own reviews, newest first, the hidden ones too."""
    return Review.objects.filter(person_id=person_id).select_related("product").order_by("-pk")


def review_of_line(line_id: int) -> Review | None:
    return Review.objects.filter(line_id=line_id).first()


def reviews_for(cooperative_id: int) -> QuerySet[Review]:
    """What buyers said of a cooperative's products, newest first. The caller asks may_sell."""
    found = Review.objects.filter(product__cooperative_id=cooperative_id, state__in=_STANDING)
    return found.select_related("product").order_by("-pk")


def questions_for(cooperative_id: int, *, unanswered: bool = False) -> QuerySet[Question]:
    """Questions to a cooperative, newest first. The caller asks may_sell."""
    found = Question.objects.filter(product__cooperative_id=cooperative_id, state__in=_STANDING)
    if unanswered:
        found = found.filter(answered_at__isnull=True)
    return found.select_related("product").order_by("-pk")


def reviews_to_look_at(region_code: str | None = None) -> QuerySet[Review]:
    """Reported reviews for the national team, oldest first."""
    found = Review.objects.filter(state=State.REPORTED).select_related("product__cooperative")
    if region_code:
        found = found.filter(product__cooperative__region_id=region_code)
    return found.order_by("pk")


def questions_to_look_at(region_code: str | None = None) -> QuerySet[Question]:
    """Reported questions for the national team, oldest first."""
    found = Question.objects.filter(state=State.REPORTED).select_related("product__cooperative")
    if region_code:
        found = found.filter(product__cooperative__region_id=region_code)
    return found.order_by("pk")


def _with_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row["pk"], **{name: value for name, value in row.items() if name != "pk"}}
