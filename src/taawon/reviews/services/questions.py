"""What people ask a cooperative of a product, and what it answers: both stand on the page."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.catalogue import rules as catalogue
from taawon.catalogue.models import Product
from taawon.cooperatives import rules as cooperatives
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.languages import LANGUAGES, current
from taawon.core.locks import lock, lock_or_not_found
from taawon.journal.record import record
from taawon.reviews import rules
from taawon.reviews.errors import TooManyQuestions
from taawon.reviews.events import (
    QuestionAnswered,
    QuestionAsked,
    QuestionEvent,
    QuestionHidden,
    QuestionReported,
    QuestionShown,
)
from taawon.reviews.models import Question
from taawon.reviews.states import State

MOST_A_DAY = 5


@transaction.atomic
def ask(product_id: int, text: str, *, language: str = "", by: Actor) -> Question:
    """A question of somebody who is logged in.

    Raises NotAllowed without a person, NotFound, Missing, TooLong, TooManyQuestions.
    """
    if by.person_id is None:
        raise NotAllowed
    if language and language not in LANGUAGES:
        raise Invalid(field="language")
    # Two questions of one person wait for each other here, so that the limit holds.
    person = lock(Person, pk=by.person_id)
    product = Product.objects.select_related("cooperative__shop").filter(pk=product_id).first()
    if product is None or not catalogue.is_visible(
        product, getattr(product.cooperative, "shop", None)
    ):
        raise NotFound
    words = written.lines(text, field="text", most=1000)
    _insist_on_few(person)
    question = Question.objects.create(
        product=product,
        person=person,
        author=rules.shown_name(person.name),
        text=words,
        language=language or current(),
    )
    record(QuestionAsked(question_id=question.pk, product_id=product.pk), by=by)
    return question


def _insist_on_few(person: Person) -> None:
    now, day = timezone.now(), timedelta(days=1)
    asked = Question.objects.filter(person=person, asked_at__gt=now - day).order_by("-asked_at")
    latest = list(asked.values_list("asked_at", flat=True)[:MOST_A_DAY])
    if len(latest) >= MOST_A_DAY:
        wait = latest[-1] + day - now
        raise TooManyQuestions(most=MOST_A_DAY, wait_seconds=int(wait.total_seconds()) + 1)


@transaction.atomic
def answer(question_id: int, text: str, *, by: Actor) -> Question:
    """The cooperative's word; a second one replaces the first.

    Raises NotFound, NotAllowed, Missing, TooLong.
    """
    question = _locked(question_id)
    if not rules.may_answer(by, question.product):
        raise NotAllowed if question.state != State.HIDDEN else NotFound
    question.answer = written.lines(text, field="answer", most=2000)
    question.answered_at = timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    record(QuestionAnswered(question_id=question.pk, product_id=question.product_id), by=by)
    return question


@transaction.atomic
def report(question_id: int, *, by: Actor) -> Question:
    """Raises NotAllowed without a person, NotFound. A second report changes nothing."""
    question = _locked(question_id)
    if by.person_id is None:
        raise NotAllowed
    if question.state == State.HIDDEN:
        raise NotFound
    if question.state == State.SHOWN:
        _become(question, State.REPORTED, QuestionReported, by)
    return question


@transaction.atomic
def hide(question_id: int, *, by: Actor) -> Question:
    """Raises NotFound, NotAllowed."""
    question = _moderated(question_id, by)
    if question.state != State.HIDDEN:
        _become(question, State.HIDDEN, QuestionHidden, by)
    return question


@transaction.atomic
def show(question_id: int, *, by: Actor) -> Question:
    """Raises NotFound, NotAllowed."""
    question = _moderated(question_id, by)
    if question.state != State.SHOWN:
        _become(question, State.SHOWN, QuestionShown, by)
    return question


def _locked(question_id: int) -> Question:
    return lock_or_not_found(Question, pk=question_id)


def _moderated(question_id: int, by: Actor) -> Question:
    question = _locked(question_id)
    if not rules.may_moderate(by, question.product):
        raise NotAllowed if cooperatives.in_the_team(by) else NotFound
    return question


def _become(question: Question, state: State, event: type[QuestionEvent], by: Actor) -> None:
    question.state = state
    question.save(update_fields=["state"])
    record(event(question_id=question.pk, product_id=question.product_id), by=by)
