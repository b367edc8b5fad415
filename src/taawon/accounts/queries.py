"""What can be read of persons."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from taawon.accounts.models import Person, StaffRole

# Rooms above add what the head of a page shows ("is_seller", "basket_count"): name → expression.
session_annotations: dict[str, Any] = {}


def for_session(person_id: int) -> Person | None:
    """The active person of a session, with the annotations of the rooms above."""
    people = Person.objects.filter(pk=person_id, is_active=True)
    return people.annotate(**session_annotations).first()


def by_phone(phone: str) -> Person | None:
    """`phone` in E.164."""
    return Person.objects.filter(phone=phone).first()


def staff() -> QuerySet[Person]:
    return Person.objects.exclude(staff_role=StaffRole.NONE).order_by(
        "staff_role", "name", "pk"
    )
