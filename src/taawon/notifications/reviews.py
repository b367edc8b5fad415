"""Who hears about questions and reviews."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.accounts.models import Person
from taawon.catalogue.models import Product
from taawon.journal.listeners import on
from taawon.notifications import readers
from taawon.notifications.compose import Reader, link, tell
from taawon.reviews.events import QuestionAnswered, QuestionAsked, ReviewAnswered
from taawon.reviews.models import Question, Review


@on(QuestionAsked)
def tell_the_members(event: QuestionAsked) -> None:
    product = Product.objects.get(pk=event.product_id)
    for person_id, reader in readers.members(product.cooperative_id):
        tell(
            reader,
            _("A customer asks about “%(product)s”. Answer here: %(link)s"),
            subject=_("A question about “%(product)s”"),
            key=f"{event.subject}:{event.name}:seller:{person_id}",
            product=readers.name_of(product),
            link=link("seller"),
        )


@on(QuestionAnswered)
def tell_who_asked(event: QuestionAnswered) -> None:
    question = Question.objects.select_related("person", "product").get(pk=event.question_id)
    _tell_author(
        question.person,
        question.product,
        _("Your question about “%(product)s” is answered: %(link)s"),
        key=f"{event.subject}:{event.name}:author",
    )


@on(ReviewAnswered)
def tell_who_reviewed(event: ReviewAnswered) -> None:
    review = Review.objects.select_related("person", "product").get(pk=event.review_id)
    if review.person is not None:
        _tell_author(
            review.person,
            review.product,
            _("The cooperative answers your review of “%(product)s”: %(link)s"),
            key=f"{event.subject}:{event.name}:author",
        )


def _tell_author(person: Person, product: Product, words: str | Promise, *, key: str) -> None:
    """Once: an answer that is corrected later is not told again."""
    tell(
        Reader.person(person),
        words,
        subject=_("An answer about “%(product)s”"),
        key=key,
        product=readers.name_of(product),
        link=link("products", readers.page_of(product)),
    )
