from __future__ import annotations

import pytest
from django.utils import translation

from taawon.core.errors import NotFound
from taawon.observatory import sheets
from taawon.observatory.models import Snapshot
from taawon.observatory.sheets import Line
from tests.factories import CooperativeFactory
from tests.observatory.build import three

pytestmark = pytest.mark.django_db


def test_an_official_series_is_as_it_was_published() -> None:
    sheet = sheets.of("official-2019")
    assert [column.code for column in sheet.columns] == ["number"]
    assert sheet.ranked[0] == Line("MA-06", "MA-06", (3091,))
    assert sheet.unallocated is not None
    assert sheet.total is not None
    assert (sheet.unallocated.cells, sheet.total.cells) == ((2,), (27_262,))


def test_a_single_figure_has_no_lines() -> None:
    sheet = sheets.of("official-womens-2015")
    assert (sheet.lines, sheet.unallocated) == ((), None)
    assert sheet.total is not None
    assert sheet.total.cells == (144,)


def test_names_come_in_the_language_of_the_reader() -> None:
    three()
    with translation.override("ar"):
        assert {line.name for line in sheets.of("cooperatives").lines} == {"سوس ماسة", "الشرق"}
        assert {line.name for line in sheets.of("sectors").lines} == {"أركان", "العسل"}


def test_shares_stand_before_what_they_are_made_of() -> None:
    CooperativeFactory.create_batch(5, is_womens=True)
    CooperativeFactory.create_batch(10)
    sheet = sheets.of("womens-cooperatives")
    assert [column.code for column in sheet.columns] == [
        "share_permille",
        "womens",
        "others",
        "all",
    ]
    assert sheet.lines == (Line("MA-09", "Souss-Massa", (333, 5, 10, 15)),)
    assert not sheet.withholds


def test_what_is_withheld_has_no_share() -> None:
    CooperativeFactory.create_batch(2, is_womens=True)
    sheet = sheets.of("womens-cooperatives")
    assert sheet.lines[0].cells == (None, None, None, 2)
    assert sheet.withholds


def test_fields_of_activity_stand_by_their_size() -> None:
    three()
    sheet = sheets.of("sectors-by-region")
    assert [column.code for column in sheet.columns] == ["all", "argan", "miel"]
    assert sheet.total is not None
    assert sheet.total.cells == (3, 2, 1)


@pytest.mark.parametrize(
    ("part", "total", "share"),
    [
        (1, 3, 333),
        (2, 3, 667),
        (1, 2000, 1),
        (1, 2001, 0),
        (0, 5, 0),
        (0, 0, None),
        (None, 5, None),
    ],
)
def test_shares_are_rounded_half_up(part: int | None, total: int, share: int | None) -> None:
    assert sheets.permille(part, total) == share


def test_a_series_that_a_snapshot_does_not_know() -> None:
    Snapshot.objects.create(month="2026-10", text='{"series": {}, "sectors": {}}', sha256="0" * 64)
    with pytest.raises(NotFound):
        sheets.of("shops", "2026-10")
