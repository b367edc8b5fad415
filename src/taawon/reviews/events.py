"""What the floors above can hear from this room."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvent(Event):
    review_id: int
    product_id: int

    @property
    def subject(self) -> str:
        return f"reviews.review:{self.review_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWritten(ReviewEvent):
    name = "review-written"
    stars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEdited(ReviewEvent):
    name = "review-edited"
    stars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswered(ReviewEvent):
    name = "review-answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReported(ReviewEvent):
    name = "review-reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewHidden(ReviewEvent):
    name = "review-hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewShown(ReviewEvent):
    name = "review-shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEvent(Event):
    question_id: int
    product_id: int

    @property
    def subject(self) -> str:
        return f"reviews.question:{self.question_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(QuestionEvent):
    name = "question-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(QuestionEvent):
    name = "question-answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReported(QuestionEvent):
    name = "question-reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionHidden(QuestionEvent):
    name = "question-hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown(QuestionEvent):
    name = "question-shown"
