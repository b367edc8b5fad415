from __future__ import annotations

import pytest

from taawon.accounts import queries
from taawon.accounts.models import StaffRole
from tests.factories import PersonFactory


@pytest.mark.django_db
def test_people_are_found_by_name_mail_or_end_of_phone():
    amina = PersonFactory(phone="+212661234567", name="Amina Alaoui", email="a@example.org")
    zahra = PersonFactory(phone="+212600000001", name="Zahra")

    for words in ("amina", "a@example", "06 61 23 45 67", "+212661234567", "4567", "am\x00ina"):
        assert list(queries.people(words)) == [amina], words
    assert list(queries.people(" ")) == [zahra, amina]
    assert list(queries.people("12")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_staff_costs_one_query(count, django_assert_num_queries):
    PersonFactory()
    for _ in range(count):
        PersonFactory(staff_role=StaffRole.AGENT)
    with django_assert_num_queries(1):
        assert [person.staff_region for person in queries.staff()] == [None] * count
