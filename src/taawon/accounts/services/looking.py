"""An administrator looks at a person's data, at the person's request or to help: on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from taawon.accounts import queries, rules
from taawon.accounts.events import PersonExported, PersonLookedAt
from taawon.accounts.models import Person
from taawon.accounts.services import persons
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.phone import normalise
from taawon.journal.record import record


@transaction.atomic
def by_phone(phone: str, *, by: Actor) -> Person | None:
    """Whoever logs in with this number, as people write it. Raises NotAllowed, InvalidPhone."""
    insist(by)
    person = queries.by_phone(normalise(phone))
    if person is not None:
        record(PersonLookedAt(person_id=person.pk), by=by)
    return person


@transaction.atomic
def look(person_id: int, *, by: Actor) -> Person:
    """Raises NotAllowed, NotFound."""
    insist(by)
    person = queries.by_id(person_id)
    if person is None:
        raise NotFound
    record(PersonLookedAt(person_id=person_id), by=by)
    return person


@transaction.atomic
def export(person_id: int, *, by: Actor) -> dict[str, Any]:
    """All that is known of the person, as in persons.export. Raises NotAllowed, NotFound."""
    insist(by)
    known = persons.export(person_id)
    record(PersonExported(person_id=person_id), by=by)
    return known


def insist(by: Actor) -> None:
    """Raises NotAllowed for everybody but administrators."""
    actor = queries.by_id(by.person_id or 0)
    if actor is None or not rules.may_manage_people(actor):
        raise NotAllowed
