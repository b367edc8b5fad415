from __future__ import annotations

import pytest

from taawon.catalogue.models import Product
from taawon.messaging.models import Message
from taawon.notifications import reviews as listeners
from taawon.reviews import events
from taawon.reviews.models import Question, Review
from tests.factories import MembershipFactory, OrderLineFactory, PersonFactory, ProductFactory


@pytest.fixture
def product(settings, db) -> Product:
    settings.SITE_URL = "https://taawon.example"
    return ProductFactory(name_fr="Amlou", slug="amlou")


def told() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("key", "to", "text"))


def test_a_question_and_its_answer(product):
    member = MembershipFactory(cooperative=product.cooperative, person__language="en").person
    question = Question.objects.create(product=product, person=PersonFactory(language="en"))
    facts = {"question_id": question.pk, "product_id": product.pk}
    for _ in range(2):
        listeners.tell_the_members(events.QuestionAsked(**facts))
        listeners.tell_who_asked(events.QuestionAnswered(**facts))

    subject = f"reviews.question:{question.pk}"
    assert told() == [
        (
            f"{subject}:question-asked:seller:{member.pk}",
            member.phone,
            'A customer asks about "Amlou". Answer here: https://taawon.example/en/seller/',
        ),
        (
            f"{subject}:question-answered:author",
            question.person.phone,
            'Your question about "Amlou" is answered:'
            f" https://taawon.example/en/products/amlou-{product.pk}/",
        ),
    ]


def test_an_answer_to_a_review(product):
    person = PersonFactory(language="en")
    line = OrderLineFactory(product=product)
    review = Review.objects.create(product=product, line=line, person=person, stars=4)
    event = events.ReviewAnswered(review_id=review.pk, product_id=product.pk)
    listeners.tell_who_reviewed(event)
    words = (
        'The cooperative answers your review of "Amlou":'
        f" https://taawon.example/en/products/amlou-{product.pk}/"
    )
    key = f"reviews.review:{review.pk}:review-answered:author"
    assert told() == [(key, person.phone, words)]

    Message.objects.all().delete()
    Review.objects.update(person=None)
    listeners.tell_who_reviewed(event)
    assert told() == []
