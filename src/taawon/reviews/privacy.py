"""A person's reviews and questions: taken along on request, left without a name on erasure."""

from __future__ import annotations

from typing import Any

from taawon.accounts.privacy import erasers, exporters
from taawon.reviews.models import Question, Review


def export(person_id: int) -> dict[str, list[dict[str, Any]]]:
    reviews = Review.objects.filter(person_id=person_id).order_by("pk")
    questions = Question.objects.filter(person_id=person_id).order_by("pk")
    return {
        "reviews": [
            {
                "product_id": review.product_id,
                "stars": review.stars,
                "text": review.text,
                "answer": review.answer,
                "written_at": review.written_at.isoformat(),
            }
            for review in reviews
        ],
        "questions": [
            {
                "product_id": question.product_id,
                "text": question.text,
                "answer": question.answer,
                "asked_at": question.asked_at.isoformat(),
            }
            for question in questions
        ],
    }


def erase(person_id: int) -> None:
    Review.objects.filter(person_id=person_id).update(person=None, author="")
    Question.objects.filter(person_id=person_id).update(author="")


exporters["reviews"] = export
erasers["reviews"] = erase
