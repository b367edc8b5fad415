"""Rows as a spreadsheet: CSV, made as it is read, and XLSX, written with flat memory.

A cell is text, a whole number, an amount in centimes (`Money`), a day or nothing.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import IO

import xlsxwriter  # type: ignore[import-untyped]  # it publishes no types
from django.utils import timezone
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # the same
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

from taawon.core.money import Money

Cell = str | int | Money | date | None
Row = Sequence[Cell]

# Without it, Excel takes UTF-8 for something older.
_MARK = "\ufeff"
# Spreadsheets take a text that begins so for a formula, and run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text


def csv_lines(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Lines with semicolons and decimal commas, as Excel in Morocco reads them."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    yield _MARK
    for row in _with_headings(headings, rows):
        writer.writerow([_as_text(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def xlsx_file(
    headings: Sequence[str],
    rows: Iterable[Row],
    sheet: str,
    notes: tuple[str, Iterable[Row]] | None = None,
) -> IO[bytes]:
    """A workbook of one sheet in a temporary file that is gone once it is closed.

    `notes`: the name and the rows of a second sheet, for what must go along with the first.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    words = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {**words, "strings_to_numbers": False})
    formats = {
        "heading": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    page = book.add_worksheet(sheet[:31])
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(headings) - 1, 0), 18)
    for place, heading in enumerate(headings):
        page.write_string(0, place, heading, formats["heading"])
    _write_all(page, 1, rows, formats)
    if notes is not None:
        _write_all(book.add_worksheet(notes[0][:31]), 0, notes[1], formats)
    book.close()
    file.seek(0)
    return file


def _write_all(
    page: Worksheet, first: int, rows: Iterable[Row], formats: Mapping[str, Format]
) -> None:
    for number, row in enumerate(rows, start=first):
        for place, cell in enumerate(row):
            _write(page, number, place, cell, formats)


def _write(
    page: Worksheet, number: int, place: int, cell: Cell, formats: Mapping[str, Format]
) -> None:
    match cell:
        case None | "":
            pass
        case Money(centimes=centimes):
            page.write_number(number, place, centimes / 100, formats["money"])
        case datetime():
            page.write_datetime(number, place, _here(cell), formats["day"])
        case date():
            page.write_datetime(number, place, cell, formats["day"])
        case int():
            page.write_number(number, place, cell)
        case str():
            page.write_string(number, place, harmless(cell))


def _with_headings(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
    yield headings
    yield from rows


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Money(centimes=centimes):
            return f"{centimes // 100},{centimes % 100:02d}"
        case datetime():
            return f"{_here(cell):%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case str():
            return harmless(cell)
    return str(cell)


def _here(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_default_timezone()).replace(tzinfo=None)
