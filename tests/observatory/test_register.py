from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from taawon.cooperatives import history
from taawon.cooperatives.states import Source
from taawon.core.actor import Actor
from taawon.core.errors import Invalid
from taawon.observatory import register
from taawon.observatory.register import Filters
from tests.observatory.build import three, tifaout

pytestmark = pytest.mark.django_db


def test_a_row_says_nothing_of_a_person() -> None:
    made = tifaout(women=7, men=0, capital_centimes=1_250_000)

    [row] = register.after(0, 10, Filters())

    assert row == {
        "id": made.pk,
        "url": f"http://127.0.0.1:8000/fr/cooperatives/tifaout-{made.pk}/",
        "name_fr": "Tifaout",
        "name_ar": "تيفاوت",
        "name_zgh": "",
        "name_en": "",
        "registration_kind": "register",
        "registration_number": "00123",
        "court": "",
        "registered_on": "2024-05-01",
        "status": "active",
        "sector": "argan",
        "sector_fr": "Argan",
        "sector_ar": "أركان",
        "region": "MA-09",
        "region_fr": "Souss-Massa",
        "region_ar": "سوس ماسة",
        "province": "MA-TIZ",
        "province_fr": "Tiznit",
        "province_ar": "تيزنيت",
        "commune": None,
        "commune_fr": "",
        "commune_ar": "",
        "women": 7,
        "men": 0,
        "capital_centimes": 1_250_000,
        "is_womens": True,
        "is_youth": False,
        "sells_online": False,
        "source": "",
        "source_date": None,
    }
    assert tuple(row) == register.COLUMNS


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [0, 1, 2]),
        (Filters(region="MA-09"), [0, 1]),
        (Filters(sector="miel"), [1]),
        (Filters(women="yes"), [0, 2]),
        (Filters(women="no"), [1]),
        (Filters(region="MA-02", women="yes"), [2]),
        (Filters(region="MA-02", sector="miel"), []),
    ],
)
def test_filters(filters: Filters, expected: list[int]) -> None:
    made = [one.pk for one in three()]
    found = [row["id"] for row in register.after(0, 10, filters.checked())]
    assert found == [made[place] for place in expected]
    assert register.count(filters) == len(expected)


@pytest.mark.parametrize("field", ["region", "sector", "women"])
def test_values_that_nobody_knows(field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Filters(**{field: "nothing"}).checked()
    assert refusal.value.field == field


@pytest.mark.parametrize(("size", "pieces"), [(1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (9, [3])])
def test_it_is_read_piece_by_piece(size: int, pieces: list[int]) -> None:
    three()
    assert [len(chunk) for chunk in register.chunks(Filters(), size)] == pieces


@pytest.mark.parametrize("rows", [1, 3])
def test_what_it_costs(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(rows):
        tifaout(registration_number=str(number))
    # The rows, who says them; sectors, regions, provinces.
    with django_assert_num_queries(5):
        assert len(register.after(0, 10, Filters())) == rows


def test_a_row_bears_the_source_and_the_day_of_its_entry() -> None:
    made = tifaout()
    by = Actor.system()
    title, day = "Registre local de Tiznit", date(2024, 6, 30)
    number = {"registration_number": "00123"}
    history.note(made.pk, {}, number, source=Source.IMPORT, title=title, as_of=day, by=by)
    # Another field of the same entry has another source: it is not that of the entry.
    phone = {"phone": "+212528000000"}
    history.note(made.pk, {}, phone, source=Source.OWNER, as_of=date(2025, 1, 1), by=by)

    row = register.by_id([made.pk])[made.pk]

    assert (row["source"], row["source_date"]) == (title, "2024-06-30")
    number = {"registration_number": "124"}
    history.note(made.pk, {}, number, source=Source.TEAM, as_of=date(2025, 2, 1), by=by)
    [row] = register.after(0, 10, Filters())
    assert (row["source"], row["source_date"]) == ("team", "2025-02-01")


def test_members_and_capital_that_nobody_knows_are_empty() -> None:
    tifaout(women=0, men=0, capital_centimes=0)
    [row] = register.after(0, 10, Filters())
    assert (row["women"], row["men"], row["capital_centimes"]) == (None, None, None)
