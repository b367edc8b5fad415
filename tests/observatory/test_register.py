from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from taawon.core.errors import Invalid
from taawon.observatory import register
from taawon.observatory.register import Filters
from tests.observatory.build import three, tifaout

pytestmark = pytest.mark.django_db


def test_a_row_says_nothing_of_a_person() -> None:
    made = tifaout()

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
        "is_womens": True,
        "is_youth": False,
        "sells_online": False,
    }
    assert tuple(row) == register.COLUMNS


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [0, 1, 2]),
        (Filters(region="MA-09"), [0, 1]),
        (Filters(sector="miel"), [1]),
        (Filters(womens="yes"), [0, 2]),
        (Filters(womens="no"), [1]),
        (Filters(region="MA-02", womens="yes"), [2]),
        (Filters(region="MA-02", sector="miel"), []),
    ],
)
def test_filters(filters: Filters, expected: list[int]) -> None:
    made = [one.pk for one in three()]
    found = [row["id"] for row in register.after(0, 10, filters.checked())]
    assert found == [made[place] for place in expected]
    assert register.count(filters) == len(expected)


@pytest.mark.parametrize("field", ["region", "sector", "womens"])
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
    # The rows; sectors, regions, provinces.
    with django_assert_num_queries(4):
        assert len(register.after(0, 10, Filters())) == rows
