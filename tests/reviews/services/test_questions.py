from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.catalogue.states import State as ProductState
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from taawon.reviews import privacy
from taawon.reviews.errors import TooManyQuestions
from taawon.reviews.models import Question
from taawon.reviews.services import questions
from taawon.reviews.states import State
from tests import trail
from tests.factories import (
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


def test_ask() -> None:
    product, person = ProductFactory(), PersonFactory(name="Amina Alaoui")

    question = questions.ask(product.pk, " Torréfiée\x00 ?\n", by=actor(person))

    question.refresh_from_db()
    assert (question.text, question.author, question.language) == ("Torréfiée ?", "Amina A.", "fr")
    assert trail.events() == [("question-asked", f"reviews.question:{question.pk}")]
    assert trail.facts() == [{"question_id": question.pk, "product_id": product.pk}]


def test_ask_needs_a_person_a_product_and_words() -> None:
    product, by = ProductFactory(), actor(PersonFactory())
    with pytest.raises(NotAllowed):
        questions.ask(product.pk, "Torréfiée ?", by=actor())
    for unseen in (0, ProductFactory(state=ProductState.DRAFT).pk, ProductFactory(held=True).pk):
        with pytest.raises(NotFound):
            questions.ask(unseen, "Torréfiée ?", by=by)
    with pytest.raises(Missing):
        questions.ask(product.pk, " ", by=by)
    for text, language in (("x" * 1001, "fr"), ("x", "de")):
        with pytest.raises(Invalid):
            questions.ask(product.pk, text, language=language, by=by)
    assert (Question.objects.count(), trail.events()) == (0, [])


def test_five_questions_a_day() -> None:
    product, person = ProductFactory(), PersonFactory()
    QuestionFactory.create_batch(5, product=product)  # Other people's.
    old = QuestionFactory(person=person, asked_at=timezone.now() - timedelta(hours=25))
    first = QuestionFactory(person=person, asked_at=timezone.now() - timedelta(hours=23))
    for _ in range(4):
        questions.ask(product.pk, "Encore ?", by=actor(person))

    with pytest.raises(TooManyQuestions) as refusal:
        questions.ask(product.pk, "Et encore ?", by=actor(person))

    assert 3590 <= refusal.value.facts["wait_seconds"] <= 3601
    assert person.questions.count() == 6
    assert {old.state, first.state} == {State.SHOWN}


def test_answer() -> None:
    question = QuestionFactory()
    by = member(question.product.cooperative)

    questions.answer(question.pk, "Oui.\n", by=by)

    question.refresh_from_db()
    assert (question.answer, question.answered_at is None) == ("Oui.", False)
    assert trail.names() == ["question-answered"]
    for stranger in (actor(), actor(question.person), staff()):
        with pytest.raises(NotAllowed):
            questions.answer(question.pk, "Moi.", by=stranger)
    with pytest.raises(Missing):
        questions.answer(question.pk, "", by=by)
    with pytest.raises(NotFound):
        questions.answer(0, "Oui.", by=by)
    question.refresh_from_db()
    assert question.answer == "Oui."


def test_report_hide_show() -> None:
    question = QuestionFactory()
    with pytest.raises(NotAllowed):
        questions.report(question.pk, by=actor())
    questions.report(question.pk, by=actor(PersonFactory()))
    questions.report(question.pk, by=actor(PersonFactory()))
    questions.hide(question.pk, by=staff())
    questions.hide(question.pk, by=staff())
    question.refresh_from_db()
    assert question.state == State.HIDDEN
    with pytest.raises(NotFound):
        questions.report(question.pk, by=actor(PersonFactory()))
    with pytest.raises(NotFound):
        questions.answer(question.pk, "Moi.", by=actor(PersonFactory()))

    questions.show(question.pk, by=staff())
    questions.show(question.pk, by=staff())

    question.refresh_from_db()
    assert question.state == State.SHOWN
    assert trail.names() == ["question-reported", "question-hidden", "question-shown"]


def test_only_the_team_hides() -> None:
    question = QuestionFactory()
    for by in (actor(), actor(question.person), member(question.product.cooperative)):
        with pytest.raises(NotFound):
            questions.hide(question.pk, by=by)
        with pytest.raises(NotFound):
            questions.show(question.pk, by=by)
    question.refresh_from_db()
    assert (question.state, trail.events()) == (State.SHOWN, [])


def test_an_erased_person_leaves_the_words() -> None:
    question = QuestionFactory()
    assert [one["text"] for one in privacy.export(question.person_id)["questions"]] == [
        "Est-elle torréfiée ?"
    ]
    privacy.erase(question.person_id)
    question.refresh_from_db()
    assert (question.author, question.text) == ("", "Est-elle torréfiée ?")
