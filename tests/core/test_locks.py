from __future__ import annotations

import pytest
from django.db import transaction

from taawon.accounts.models import Person
from taawon.core.errors import NotFound
from taawon.core.locks import lock, lock_or_not_found
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_what_somebody_asks_for_is_locked_or_not_found() -> None:
    person = PersonFactory()
    with transaction.atomic():
        assert lock_or_not_found(Person, pk=person.pk) == person
        with pytest.raises(NotFound):
            lock_or_not_found(Person, pk=person.pk + 1)


def test_what_the_house_knows_raises_that_it_is_gone() -> None:
    with transaction.atomic(), pytest.raises(Person.DoesNotExist):
        lock(Person, pk=1_000_000)
