"""Small numbers are withheld, and others with them, so that no sum gives them away.

A table is {row: {column: number}}; beside it stand the totals of its rows and columns and the sum
of all. Each line says that its cells make its total: a withheld cell is one unknown in two
equations. Drawn as a graph, where rows and columns are points and each withheld cell joins two of
them, an unknown follows from the equations exactly where it is a bridge, that is, lies on no
circle. So cells are added until every withheld cell lies on a circle.

What is protected is the table and whoever keeps a copy of it: the register itself is public.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Stands for the totals where they are cells like the others.
TOTAL = ""


class Cell(NamedTuple):
    row: str
    column: str


Point = tuple[str, str]  # ("row" or "column", code)
Graph = dict[Point, set[Point]]
Table = Mapping[str, Mapping[str, int]]


def withheld(table: Table, threshold: int, *, with_totals: bool = False) -> frozenset[Cell]:
    """The cells that are not shown: those from 1 to below the threshold, and what protects them.

    `with_totals`: the totals of rows and columns (`TOTAL`) are small numbers, too, and may be
    withheld; otherwise everybody knows them. The sum of all is always known. The same table always
    gives the same cells.
    """
    numbers = _numbers(table, with_totals=with_totals)
    hidden = {cell for cell, number in numbers.items() if 0 < number < threshold}
    while bridge := _first_bridge(hidden):
        circle = _cheapest_circle(bridge, hidden, numbers)
        if not circle:
            # A table of one line: its total says it already.
            return frozenset(numbers)
        hidden |= circle
    return frozenset(hidden)


def bridges(hidden: Iterable[Cell]) -> list[Cell]:
    """The withheld cells that follow from the totals and the cells that are shown."""
    graph = _graph(hidden)
    return [
        cell
        for cell in sorted(set(hidden))
        if not _connected(graph, ("row", cell.row), ("column", cell.column))
    ]


def _numbers(table: Table, *, with_totals: bool) -> dict[Cell, int]:
    found = {
        Cell(row, column): number
        for row, cells in sorted(table.items())
        for column, number in sorted(cells.items())
    }
    if with_totals:
        sums: dict[Cell, int] = {}
        for cell, number in found.items():
            for total in (Cell(cell.row, TOTAL), Cell(TOTAL, cell.column)):
                sums[total] = sums.get(total, 0) + number
        found |= sums
    return found


def _first_bridge(hidden: set[Cell]) -> Cell | None:
    return next(iter(bridges(hidden)), None)


def _graph(cells: Iterable[Cell]) -> Graph:
    graph: Graph = {}
    for cell in cells:
        row, column = ("row", cell.row), ("column", cell.column)
        graph.setdefault(row, set()).add(column)
        graph.setdefault(column, set()).add(row)
    return graph


def _connected(graph: Graph, start: Point, end: Point) -> bool:
    """Whether there is a way between the two ends of a line besides the line itself."""
    seen, waiting = {start}, [start]
    while waiting:
        point = waiting.pop()
        for other in graph[point]:
            if other in seen or (point == start and other == end):
                continue
            if other == end:
                return True
            seen.add(other)
            waiting.append(other)
    return False


def _cheapest_circle(bridge: Cell, hidden: set[Cell], numbers: Mapping[Cell, int]) -> set[Cell]:
    """The cells that close a circle through this one and hide the least; none if there is none."""
    start, end = ("row", bridge.row), ("column", bridge.column)
    graph = _graph(numbers)
    best: dict[Point, int] = {start: 0}
    came: dict[Point, Point] = {}
    waiting: list[tuple[int, Point]] = [(0, start)]
    dearest = sum(numbers.values()) + 1
    while waiting:
        cost, point = heapq.heappop(waiting)
        if point == end:
            return _way(came, start, end)
        if cost > best[point]:
            continue
        for other in sorted(graph[point]):
            if {point, other} == {start, end}:
                continue
            cell = _cell(point, other)
            step = cost + _price(cell, numbers[cell], hidden, dearest)
            if step < best.get(other, step + 1):
                best[other], came[other] = step, point
                heapq.heappush(waiting, (step, other))
    return set()


def _price(cell: Cell, number: int, hidden: set[Cell], dearest: int) -> int:
    """Nothing for what is hidden already; a zero, which hides badly, and a total only at last."""
    if cell in hidden:
        return 0
    return number + 1 + dearest * ((number == 0) + 2 * (TOTAL in cell))


def _way(came: Mapping[Point, Point], start: Point, end: Point) -> set[Cell]:
    cells, point = set(), end
    while point != start:
        cells.add(_cell(point, came[point]))
        point = came[point]
    return cells


def _cell(one: Point, other: Point) -> Cell:
    row, column = (one, other) if one[0] == "row" else (other, one)
    return Cell(row[1], column[1])
