from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from taawon.accounts.errors import LastAdministrator
from taawon.accounts.models import Person, StaffRole
from taawon.accounts.services import staff
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.journal.models import Entry
from tests.factories import PersonFactory, RegionFactory, actor


@pytest.fixture
def administrator(db) -> Person:
    return PersonFactory(staff_role=StaffRole.ADMINISTRATOR)


def entries() -> list[tuple]:
    return list(Entry.objects.values_list("name", "facts").order_by("pk"))


def test_granted_moved_and_revoked(administrator):
    RegionFactory()
    person = PersonFactory()
    by = actor(administrator)
    staff.grant(person.pk, "agent", region="MA-09", by=by)
    staff.grant(person.pk, "agent", region="MA-09", by=by)
    staff.grant(person.pk, "agent", by=by)
    staff.revoke(person.pk, by=by)

    def fact(was: str, role: str, region: str | None) -> tuple:
        facts = {"person_id": person.pk, "was": was, "role": role, "region": region}
        return ("staff-role-changed", facts)

    assert entries() == [
        fact("", "agent", "MA-09"),
        fact("agent", "agent", None),
        fact("agent", "", None),
    ]
    person.refresh_from_db()
    assert (person.staff_role, person.staff_region_id) == ("", None)


@pytest.mark.parametrize("role", [StaffRole.NONE, StaffRole.AGENT, StaffRole.EDITOR])
def test_only_an_administrator_grants(role, administrator):
    someone, person = PersonFactory(staff_role=role), PersonFactory()
    for verb in (
        lambda by: staff.grant(person.pk, "editor", by=by),
        lambda by: staff.revoke(administrator.pk, by=by),
    ):
        with pytest.raises(NotAllowed):
            verb(actor(someone))
        with pytest.raises(NotAllowed):
            verb(actor())
    assert entries() == []


def test_a_closed_account_grants_nothing_and_gets_nothing(administrator):
    closed = PersonFactory(staff_role=StaffRole.ADMINISTRATOR, is_active=False)
    with pytest.raises(NotAllowed):
        staff.grant(PersonFactory().pk, "editor", by=actor(closed))
    with pytest.raises(NotFound):
        staff.grant(closed.pk, "editor", by=actor(administrator))


@pytest.mark.parametrize(
    ("role", "region", "field"),
    [
        ("king", None, "role"),
        ("", None, "role"),
        ("agent", "MA-99", "region"),
        ("editor", "MA-09", "region"),
    ],
)
def test_bad_values(role, region, field, administrator):
    RegionFactory()
    with pytest.raises(Invalid) as refusal:
        staff.grant(PersonFactory().pk, role, region=region, by=actor(administrator))
    assert refusal.value.field == field


def test_the_last_administrator_stays(administrator):
    by = actor(administrator)
    for verb in (
        lambda: staff.revoke(administrator.pk, by=by),
        lambda: staff.grant(administrator.pk, "agent", by=by),
    ):
        with pytest.raises(LastAdministrator):
            verb()
    administrator.refresh_from_db()
    assert administrator.staff_role == StaffRole.ADMINISTRATOR

    other = PersonFactory()
    staff.grant(other.pk, "administrator", by=by)
    staff.revoke(administrator.pk, by=by)
    with pytest.raises(LastAdministrator):
        staff.revoke(other.pk, by=actor(other))


@pytest.mark.django_db
def test_the_house_names_the_first():
    person = PersonFactory()
    assert staff.grant(person.pk, "administrator", by=Actor.system()).staff_role == "administrator"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_dismiss_each_other():
    pair = [PersonFactory(staff_role=StaffRole.ADMINISTRATOR) for _ in range(2)]
    ready = Barrier(2)

    def dismiss(number: int) -> str:
        ready.wait()
        try:
            staff.revoke(pair[1 - number].pk, by=actor(pair[number]))
        except NotAllowed:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(dismiss, range(2))) == ["done", "refused"]
    assert Person.objects.filter(staff_role=StaffRole.ADMINISTRATOR).count() == 1
