"""What every kind of file becomes: headings, and rows of text that are read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taawon.cooperatives.sheets.errors import EmptySheet, TooManyRows

MOST_ROWS = 100_000
MOST_COLUMNS = 200
# What is longer says too much for any field; it is cut here, and refused where it is read.
LONGEST_CELL = 8_000
# A sheet ends where so many rows in a row hold nothing.
EMPTY_RUN = 1_000
_HEADINGS_WITHIN = 30

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. `rows` can be read once: (row number as a spreadsheet counts, cells),
    without empty ones. `about` is how many there are, roughly and at most, known beforehand."""

    kind: str
    headings: list[str]
    heading_row: int
    rows: Iterator[Row]
    about: int
    name: str = ""
    names: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""


def tidy(raw: Iterable[list[str]]) -> Iterator[Row]:
    """Rows that hold something, numbered, cut to what a table may have."""
    empty = 0
    for number, cells in enumerate(raw, start=1):
        kept = [_cut(cell) for cell in cells[:MOST_COLUMNS]]
        while kept and not kept[-1]:
            kept.pop()
        if kept:
            empty = 0
            yield number, kept
        elif (empty := empty + 1) >= EMPTY_RUN:
            return


def with_headings(rows: Iterator[Row]) -> tuple[int, list[str], Iterator[Row]]:
    """(number of the row of headings, headings, the rows below): titles above them are passed.

    Raises EmptySheet.
    """
    for number, cells in rows:
        if sum(1 for cell in cells if cell) >= 2:
            return number, cells, _below(rows, len(cells))
        if number > _HEADINGS_WITHIN:
            break
    raise EmptySheet


def _below(rows: Iterator[Row], width: int) -> Iterator[Row]:
    for read, (number, cells) in enumerate(rows, start=1):
        if read > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        yield number, (cells + [""] * (width - len(cells)))[:width]


def _cut(cell: str) -> str:
    """Without blanks around; NUL is no text to a database."""
    text = cell[: LONGEST_CELL + 1].replace("\0", "")
    return text.strip(" \t\r\n\u00a0\u202f\ufeff")
