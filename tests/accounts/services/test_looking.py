"""An administrator reads somebody's data: only administrators, and always on record."""

from __future__ import annotations

import pytest

from taawon.accounts.models import StaffRole
from taawon.accounts.services import looking
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.phone import InvalidPhone
from tests import trail
from tests.factories import PersonFactory, staff

pytestmark = pytest.mark.django_db


def test_by_phone_as_people_write_it():
    person = PersonFactory(phone="+212661234567")

    assert looking.by_phone("06 61 23 45 67", by=staff()) == person
    assert trail.events() == [("person-looked-at", f"accounts.person:{person.pk}")]


def test_nobody_has_the_number():
    assert looking.by_phone("0661234568", by=staff()) is None
    with pytest.raises(InvalidPhone):
        looking.by_phone("12", by=staff())
    assert trail.events() == []


def test_a_look_and_an_export():
    person, administrator = PersonFactory(name="Amina"), staff()

    assert looking.look(person.pk, by=administrator).name == "Amina"
    assert looking.export(person.pk, by=administrator)["person"]["name"] == "Amina"
    assert trail.names() == ["person-looked-at", "person-exported"]


@pytest.mark.parametrize("role", [StaffRole.NONE, StaffRole.AGENT, StaffRole.EDITOR])
def test_nobody_else(role):
    person, other = PersonFactory(), staff(role)
    for call in (
        lambda: looking.by_phone(person.phone, by=other),
        lambda: looking.look(person.pk, by=other),
        lambda: looking.export(person.pk, by=other),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert trail.events() == []


def test_who_is_not_there():
    for call in (looking.look, looking.export):
        with pytest.raises(NotFound):
            call(987654321, by=staff())
    assert trail.events() == []
