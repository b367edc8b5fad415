"""What can be read of persons."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from taawon.accounts.models import ApiKey, Person, StaffRole
from taawon.core.prepared import PreparedModels
from taawon.core.text import clean

# Rooms above add what the head of a page shows ("is_seller", "basket_count"): name → expression.
session_annotations: dict[str, Any] = {}


def for_session(person_id: int) -> Person | None:
    """The active person of a session, with the annotations of the rooms above."""
    found = _for_session(person_id)
    return found[0] if found else None


_for_session = PreparedModels(
    lambda pk: Person.objects.filter(pk=pk, is_active=True).annotate(**session_annotations)
)


def by_id(person_id: int) -> Person | None:
    return Person.objects.filter(pk=person_id).first()


def by_phone(phone: str) -> Person | None:
    """`phone` in E.164."""
    return _by_phone.first(phone)


_by_phone = PreparedModels(lambda phone: Person.objects.filter(phone=phone))


def staff() -> QuerySet[Person]:
    members = Person.objects.exclude(staff_role=StaffRole.NONE).select_related("staff_region")
    return members.order_by("staff_role", "name", "pk")


def people(words: str = "") -> QuerySet[Person]:
    """Persons whose name or e-mail holds the words, or whose phone ends so; newest first."""
    found = Person.objects.select_related("staff_region").order_by("-pk")
    if not (words := clean(words)):
        return found
    wanted = Q(name__icontains=words) | Q(email__icontains=words)
    digits = "".join(sign for sign in words if sign.isdecimal()).removeprefix("212").lstrip("0")
    if len(digits) >= 4:
        wanted |= Q(phone__endswith=digits)
    return found.filter(wanted)


def api_keys() -> QuerySet[ApiKey]:
    return ApiKey.objects.order_by("-pk")
