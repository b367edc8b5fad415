from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from django.utils import translation

from taawon.observatory import series
from taawon.observatory.sheets import Column, Line, Sheet
from taawon.web.observatory import course
from taawon.web.observatory.course import Course


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    with translation.override("fr"):
        yield


AT = datetime(2026, 11, 25, tzinfo=UTC)


def sheet(code: str, values: dict[str, int]) -> Sheet:
    lines = tuple(Line(key, key, (value,)) for key, value in values.items())
    return Sheet(series.ALL[code], (Column("number", "x"),), lines, None, None, AT)


def drawn(code: str, values: dict[str, int]) -> Course:
    found = course.of(sheet(code, values))
    assert found is not None
    return found


def years(first: int, values: Sequence[int]) -> dict[str, int]:
    return {str(first + place): value for place, value in enumerate(values)}


def test_bars_of_years_have_a_scale_and_dates_that_can_be_read() -> None:
    found = drawn("registrations", years(1962, [*range(1, 58), 4068]))
    assert [tick.text for tick in found.scale] == [
        "0", "1\u202f000", "2\u202f000", "3\u202f000", "4\u202f000", "5\u202f000",
    ]  # fmt: skip
    assert [tick.text for tick in found.dates] == [
        "1962", "1970", "1980", "1990", "2000", "2010", "2019",
    ]  # fmt: skip
    assert found.top.text == "4\u202f068"
    assert len(found.bars) == 58
    assert found.bars[-1].said == "2019\u00a0: 4\u202f068"
    assert (found.scale[0].at, found.scale[-1].at) == (course.BOTTOM, course.TOP)
    assert (found.stretches, found.leaps, found.dots) == ([], [], [])


def test_few_years_all_bear_their_date() -> None:
    found = drawn("registrations", years(2015, [3, 5, 1]))
    assert [tick.text for tick in found.dates] == ["2015", "2016", "2017"]


def test_months_make_a_line_that_is_broken_where_some_are_missing() -> None:
    found = drawn("months", {"2019-11": 100, "2019-12": 150, "2020-01": 200, "2026-10": 200})
    assert len(found.stretches) == 2
    assert [len(stretch.split()) for stretch in found.stretches] == [3, 1]
    last, first = found.stretches[0].split()[-1], found.stretches[1].split()[0]
    assert found.leaps == [f"{last} {first}"]
    assert [tick.text for tick in found.dates] == ["11/2019", "01/2020", "10/2026"]
    assert len(found.dots) == 4
    assert found.bars == []


@pytest.mark.parametrize("values", [{}, {"2019": 4}])
def test_one_point_makes_no_drawing(values: dict[str, int]) -> None:
    assert course.of(sheet("registrations", values)) is None


@pytest.mark.parametrize("most", [1, 2, 3, 7, 10, 11, 49, 99, 100, 101, 4068, 27_260, 99_999])
def test_the_scale_is_round_and_short(most: int) -> None:
    found = drawn("registrations", {"2018": 0, "2019": most})
    numbers = [int(tick.text.replace("\u202f", "")) for tick in found.scale]
    assert 2 <= len(numbers) <= 6
    assert numbers[-1] >= most
    assert len({after - before for before, after in zip(numbers, numbers[1:], strict=False)}) == 1


def test_a_register_that_was_not_brought_up_to_date_says_so() -> None:
    entered = sheet("registrations", years(2016, [3, 9, 4, 8, 0, 0, 2]))
    assert course.reaches(entered) == "2022"
    assert course.blanks(entered) == ["2020", "2021"]
    assert course.reaches(sheet("cooperatives", {"MA-01": 3})) == ""
    assert course.blanks(sheet("cooperatives", {"MA-01": 0})) == []
