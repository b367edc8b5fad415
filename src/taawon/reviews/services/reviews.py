"""What buyers say of what they received, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from taawon.catalogue.models import Product
from taawon.cooperatives import rules as cooperatives
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.languages import LANGUAGES, current
from taawon.core.locks import lock
from taawon.journal.record import record
from taawon.orders.models import OrderLine
from taawon.orders.states import State as OrderState
from taawon.reviews import rules
from taawon.reviews.errors import AlreadyReviewed, NotDelivered, TooLate
from taawon.reviews.events import (
    ReviewAnswered,
    ReviewEdited,
    ReviewEvent,
    ReviewHidden,
    ReviewReported,
    ReviewShown,
    ReviewWritten,
)
from taawon.reviews.models import Review
from taawon.reviews.states import State
from taawon.search import feed


@dataclass(frozen=True, slots=True)
class _Rating:
    """What a product's rating gains or loses."""

    stars: int = 0
    reviews: int = 0


@transaction.atomic
def write(line_id: int, *, stars: int, text: str, language: str = "", by: Actor) -> Review:
    """One review a line of an order; `language` of the text, the reader's unless given.

    Raises NotFound, NotDelivered, AlreadyReviewed, Invalid.
    """
    line = OrderLine.objects.select_related("order__buyer").filter(pk=line_id).first()
    if line is None or not rules.is_buyer(by, line):
        raise NotFound
    if line.order.state != OrderState.DELIVERED:
        raise NotDelivered
    product = lock(Product, pk=line.product_id)
    if rules.has_review(line):
        raise AlreadyReviewed
    given = _stars(stars)
    buyer = line.order.buyer
    review = Review.objects.create(
        product=product,
        line=line,
        person_id=by.person_id,
        author=rules.shown_name((buyer.name if buyer else "") or line.order.name),
        stars=given,
        text=_text(text),
        language=_language(language),
    )
    _rate(product, _Rating(stars=given, reviews=1))
    record(ReviewWritten(review_id=review.pk, product_id=product.pk, stars=given), by=by)
    return review


@transaction.atomic
def edit(review_id: int, *, stars: int, text: str, by: Actor) -> Review:
    """Within a week. What the cooperative answered stays. Raises NotFound, TooLate, Invalid."""
    review, product = _locked(review_id)
    if not rules.is_author(by, review):
        raise NotFound
    if not rules.may_edit(by, review):
        raise TooLate(days=rules.EDITABLE_FOR.days)
    given = _stars(stars)
    if review.state != State.HIDDEN:
        _rate(product, _Rating(stars=given - review.stars))
    review.stars = given
    review.text = _text(text)
    review.save(update_fields=["stars", "text"])
    record(ReviewEdited(review_id=review.pk, product_id=product.pk, stars=given), by=by)
    return review


@transaction.atomic
def answer(review_id: int, text: str, *, by: Actor) -> Review:
    """The cooperative's word; a second one replaces the first.

    Raises NotFound, NotAllowed, Missing, TooLong.
    """
    review, product = _locked(review_id)
    if not rules.may_answer(by, product):
        raise NotAllowed if review.state != State.HIDDEN else NotFound
    review.answer = written.lines(text, field="answer", most=2000)
    review.answered_at = timezone.now()
    review.save(update_fields=["answer", "answered_at"])
    record(ReviewAnswered(review_id=review.pk, product_id=product.pk), by=by)
    return review


@transaction.atomic
def report(review_id: int, *, by: Actor) -> Review:
    """Somebody finds it wrong: it stays until the national team has looked at it.

    Raises NotAllowed without a person, NotFound. A second report changes nothing.
    """
    review, _ = _locked(review_id)
    if by.person_id is None:
        raise NotAllowed
    if review.state == State.HIDDEN:
        raise NotFound
    if review.state == State.SHOWN:
        _become(review, State.REPORTED, ReviewReported, by)
    return review


@transaction.atomic
def hide(review_id: int, *, by: Actor) -> Review:
    """It shows no more, and counts no more. Raises NotFound, NotAllowed."""
    review, product = _moderated(review_id, by)
    if review.state != State.HIDDEN:
        _rate(product, _Rating(stars=-review.stars, reviews=-1))
        _become(review, State.HIDDEN, ReviewHidden, by)
    return review


@transaction.atomic
def show(review_id: int, *, by: Actor) -> Review:
    """It was hidden or reported, and is all right. Raises NotFound, NotAllowed."""
    review, product = _moderated(review_id, by)
    if review.state == State.HIDDEN:
        _rate(product, _Rating(stars=review.stars, reviews=1))
    if review.state != State.SHOWN:
        _become(review, State.SHOWN, ReviewShown, by)
    return review


def _locked(review_id: int) -> tuple[Review, Product]:
    """The product first, as in `write`, then its review."""
    product_id = Review.objects.filter(pk=review_id).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound
    product = lock(Product, pk=product_id)
    return lock(Review, pk=review_id), product


def _moderated(review_id: int, by: Actor) -> tuple[Review, Product]:
    review, product = _locked(review_id)
    if not rules.may_moderate(by, product):
        raise NotAllowed if cooperatives.in_the_team(by) else NotFound
    return review, product


def _become(review: Review, state: State, event: type[ReviewEvent], by: Actor) -> None:
    review.state = state
    review.save(update_fields=["state"])
    record(event(review_id=review.pk, product_id=review.product_id), by=by)


def _rate(product: Product, change: _Rating) -> None:
    Product.objects.filter(pk=product.pk).update(
        rating_sum=F("rating_sum") + change.stars, rating_count=F("rating_count") + change.reviews
    )
    feed.changed("product", product.pk)


def _stars(stars: int) -> int:
    return written.whole(stars, field="stars", least=1, most=5)


def _text(text: str) -> str:
    return written.lines(text, field="text", most=2000, needed=False)


def _language(language: str) -> str:
    if language and language not in LANGUAGES:
        raise Invalid(field="language")
    return language or current()
