from __future__ import annotations

import pytest

from taawon.accounts.models import Person
from taawon.catalogue.models import Category
from taawon.cli.set_up import set_up
from taawon.places.models import Commune, Province, Region
from taawon.shipping.models import Rate

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [model.objects.count() for model in (Region, Province, Commune, Category)]


def test_a_new_house_gets_its_ground_and_an_administrator(capsys):
    assert set_up(["0612345678"]) == 0

    assert counts() == [12, 75, 1503, 48]
    assert Rate.objects.exists()
    assert not Category.objects.exclude(picture="").exists()
    person = Person.objects.get()
    assert (person.phone, person.staff_role) == ("+212612345678", "administrator")
    assert "0612345678" not in capsys.readouterr().out

    assert set_up(["0612345679"]) == 0
    assert counts() == [12, 75, 1503, 48]
    assert Person.objects.count() == 2


@pytest.mark.parametrize(("words", "code"), [([], 2), (["06"], 1), (["a", "b"], 2)])
def test_what_is_no_phone_changes_nothing(words, code):
    assert set_up(words) == code
    assert counts() == [0, 0, 0, 0]
    assert not Person.objects.exists()
