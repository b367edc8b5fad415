"""Roles of the national team."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from taawon.accounts import rules
from taawon.accounts.errors import LastAdministrator
from taawon.accounts.events import StaffRoleChanged
from taawon.accounts.models import Person, StaffRole
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.locks import lock_all
from taawon.core.phone import normalise
from taawon.journal.record import record
from taawon.places import queries as places


@transaction.atomic
def grant(person_id: int, role: str, *, region: str | None = None, by: Actor) -> Person:
    """Give a role; `region` ("MA-09") holds an agent to it, None is the whole country.

    Raises NotAllowed, NotFound, Invalid (`field`), LastAdministrator.
    """
    if role not in StaffRole.values or role == StaffRole.NONE:
        raise Invalid(field="role")
    if region is not None and (role != StaffRole.AGENT or region not in places.regions()):
        raise Invalid(field="region")
    return _become(person_id, StaffRole(role), region, by)


@transaction.atomic
def appoint(phone: str, role: str, *, region: str | None = None, by: Actor) -> Person:
    """Give a role to whoever has this phone, who need not have logged in yet.

    Raises InvalidPhone, and what `grant` raises.
    """
    new = {"password": make_password(None)}
    person, _new = Person.objects.get_or_create(phone=normalise(phone), defaults=new)
    return grant(person.pk, role, region=region, by=by)


@transaction.atomic
def revoke(person_id: int, *, by: Actor) -> Person:
    """Take the role away. Raises NotAllowed, NotFound, LastAdministrator."""
    return _become(person_id, StaffRole.NONE, None, by)


def administrators_and(*others: int | None) -> dict[int, Person]:
    """All administrators and these, locked together: two cannot dismiss each other at once."""
    active = Person.objects.filter(staff_role=StaffRole.ADMINISTRATOR, is_active=True)
    ids = {*active.values_list("pk", flat=True), *(other for other in others if other)}
    return lock_all(Person, ids)


def refuse_last_administrator(person_id: int, people: dict[int, Person]) -> None:
    """Raises LastAdministrator for the only one among `people` (see administrators_and)."""
    if {pk for pk, each in people.items() if rules.is_administrator(each)} == {person_id}:
        raise LastAdministrator


def _become(person_id: int, role: StaffRole, region: str | None, by: Actor) -> Person:
    people = administrators_and(person_id, by.person_id)
    actor = people.get(by.person_id or 0)
    if by.channel != Channel.SYSTEM and (actor is None or not rules.may_manage_people(actor)):
        raise NotAllowed
    person = people.get(person_id)
    if person is None or not person.is_active:
        raise NotFound
    if role != StaffRole.ADMINISTRATOR:
        refuse_last_administrator(person_id, people)
    was = person.staff_role
    if (was, person.staff_region_id) != (role, region):
        person.staff_role, person.staff_region_id = role, region
        person.save(update_fields=["staff_role", "staff_region"])
        record(StaffRoleChanged(person_id=person_id, was=was, role=role, region=region), by=by)
    return person
