"""Rows as a spreadsheet: CSV, sent as it is read, and XLSX, written with flat memory.

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
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # the same
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

from taawon.core.money import Money
from taawon.web.numbers import HERE

Cell = str | int | Money | date | None
Row = Sequence[Cell]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


def xlsx_file(headings: Sequence[str], rows: Iterable[Row], sheet: str) -> IO[bytes]:
    """A workbook of one sheet in a temporary file that is gone once it is closed."""
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
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(page, number, place, cell, formats)
    book.close()
    file.seek(0)
    return file


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


def answer(form: str, name: str, headings: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """The download; `form` is "csv" or "xlsx", `name` the file's name without its ending."""
    if form == "xlsx":
        book = xlsx_file(headings, rows, name)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response = StreamingHttpResponse(
        csv_lines(headings, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


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
    return moment.astimezone(HERE).replace(tzinfo=None)
