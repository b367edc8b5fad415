"""No withheld cell follows from what is shown: asked of linear algebra, not of the code itself."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taawon.observatory.suppression import TOTAL, Cell, bridges, withheld

SMALL = 5


def cell(name: str) -> Cell:
    return Cell(name[0], name[1])


def test_nothing_small_nothing_withheld() -> None:
    table = {"a": {"x": 0, "y": 5}, "b": {"x": 12, "y": 0}}
    assert withheld(table, SMALL) == frozenset()


def test_a_small_number_takes_three_others_with_it() -> None:
    """One in its row, one in its column, and the one that joins the two; the smallest of them."""
    table = {
        "a": {"x": 3, "y": 90, "z": 10},
        "b": {"x": 50, "y": 60, "z": 70},
        "c": {"x": 8, "y": 60, "z": 9},
    }
    assert withheld(table, SMALL) == {cell("ax"), cell("az"), cell("cx"), cell("cz")}


def test_small_numbers_hide_each_other() -> None:
    table = {"a": {"x": 1, "y": 2, "z": 30}, "b": {"x": 3, "y": 4, "z": 30}}
    assert withheld(table, SMALL) == {cell("ax"), cell("ay"), cell("bx"), cell("by")}


def test_a_zero_hides_only_where_nothing_else_can() -> None:
    table = {"a": {"x": 3, "y": 0, "z": 40}, "b": {"x": 20, "y": 0, "z": 40}}
    assert withheld(table, SMALL) == {cell("ax"), cell("az"), cell("bx"), cell("bz")}
    table = {"a": {"x": 3, "y": 0}, "b": {"x": 20, "y": 0}}
    assert withheld(table, SMALL) == {cell("ax"), cell("ay"), cell("bx"), cell("by")}


def test_two_circles_joined_by_one_cell_do_not_hide_it() -> None:
    """Each line has two withheld cells; the sums of several lines still give one away."""
    left = ["ax", "ay", "bx", "by"]
    right = ["cz", "cw", "dz", "dw"]
    joined = [cell(name) for name in [*left, *right, "bz"]]
    assert bridges(joined) == [cell("bz")]


def test_totals_of_persons_are_numbers_too() -> None:
    table = {
        "a": {"women": 2, "men": 1},
        "b": {"women": 30, "men": 40},
        "c": {"women": 9, "men": 9},
    }
    found = withheld(table, SMALL, with_totals=True)
    assert {Cell("a", "women"), Cell("a", "men"), Cell("a", TOTAL)} <= found
    assert Cell("b", TOTAL) not in found


def test_a_single_line_is_withheld_whole() -> None:
    assert withheld({"a": {"x": 3, "y": 9}}, SMALL) == {cell("ax"), cell("ay")}


numbers = st.one_of(st.integers(0, 12), st.integers(0, 2_000))
tables = st.tuples(st.integers(2, 6), st.integers(2, 7)).flatmap(
    lambda size: st.lists(
        st.lists(numbers, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@settings(max_examples=200, deadline=None)
@given(tables, st.integers(1, 12), st.booleans())
def test_no_withheld_cell_can_be_computed(
    grid: list[list[int]], threshold: int, with_totals: bool
) -> None:
    table = {
        f"r{row}": {f"c{column}": number for column, number in enumerate(line)}
        for row, line in enumerate(grid)
    }

    hidden = withheld(table, threshold, with_totals=with_totals)

    assert hidden == withheld(table, threshold, with_totals=with_totals)
    small = {Cell(row, col) for row, line in table.items() for col in line}
    small = {one for one in small if 0 < table[one.row][one.column] < threshold}
    assert small <= hidden
    if not with_totals:
        assert TOTAL not in {code for one in hidden for code in one}
    assert _determined(sorted(hidden)) == []
    assert _follows_line_by_line(set(hidden)) == set()


def _follows_line_by_line(hidden: set[Cell]) -> set[Cell]:
    """What a reader with a pencil finds: a line with one gap, then the next."""
    open_cells, found = set(hidden), set()
    while True:
        lonely = {
            one
            for one in open_cells
            if [other.row for other in open_cells].count(one.row) == 1
            or [other.column for other in open_cells].count(one.column) == 1
        }
        if not lonely:
            return found
        found |= lonely
        open_cells -= lonely


def _determined(unknowns: list[Cell]) -> list[Cell]:
    """The unknowns that all solutions of the lines' equations agree upon, by elimination."""
    lines = [[Fraction(one.row == row) for one in unknowns] for row in {u.row for u in unknowns}]
    lines += [
        [Fraction(one.column == column) for one in unknowns]
        for column in {u.column for u in unknowns}
    ]
    pivots = _eliminate(lines, len(unknowns))
    return [
        unknowns[place]
        for row, place in enumerate(pivots)
        if all(value == 0 for column, value in enumerate(lines[row]) if column != place)
    ]


def _eliminate(lines: list[list[Fraction]], width: int) -> list[int]:
    """Reduced row echelon form, in place; the column of each line's pivot."""
    pivots: list[int] = []
    for column in range(width):
        row = len(pivots)
        found = next((n for n in range(row, len(lines)) if lines[n][column]), None)
        if found is None:
            continue
        lines[row], lines[found] = lines[found], lines[row]
        lines[row] = [value / lines[row][column] for value in lines[row]]
        for other in range(len(lines)):
            if other != row and lines[other][column]:
                factor = lines[other][column]
                lines[other] = [
                    a - factor * b for a, b in zip(lines[other], lines[row], strict=True)
                ]
        pivots.append(column)
    return pivots


@pytest.mark.parametrize(
    ("names", "known"),
    [(["ax"], ["ax"]), (["ax", "ay"], ["ax", "ay"]), (["ax", "ay", "bx", "by"], [])],
)
def test_the_measure_itself(names: list[str], known: list[str]) -> None:
    cells = [cell(name) for name in names]
    assert _determined(cells) == [cell(name) for name in known]
    assert bridges(cells) == [cell(name) for name in known]
