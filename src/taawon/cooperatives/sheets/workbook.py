"""XLSX, row by row. A formula is data: its own text is the cell."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

import openpyxl  # type: ignore[import-untyped]  # it publishes no types
from defusedxml import (  # type: ignore[import-untyped]  # the same
    DefusedXmlException,
)

from taawon.cooperatives.sheets import zipped
from taawon.cooperatives.sheets.errors import BadSheet, NoSuchSheet
from taawon.cooperatives.sheets.sheet import MOST_COLUMNS, Sheet, tidy, with_headings


def read(file: IO[bytes], sheet: str = "") -> Sheet:
    """The named sheet, else the first that is shown. Raises BadSheet and its kinds."""
    with zipped.opened(file) as archive:
        about = max(
            (
                zipped.count(archive, name, b"<row ")
                for name in archive.namelist()
                if name.startswith("xl/worksheets/") and name.endswith(".xml")
            ),
            default=0,
        )
    page, names = _page(file, sheet)
    number, headings, rows = with_headings(tidy(_cells(page)))
    return Sheet("xlsx", headings, number, rows, about, name=page.title, names=names)


def _page(file: IO[bytes], sheet: str) -> tuple[Any, tuple[str, ...]]:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Extensions that it does not know are nothing to us.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception:  # A hostile file may break it in any way.
        raise BadSheet from None
    pages = book.worksheets
    names = tuple(page.title for page in pages)
    shown = [page for page in pages if page.sheet_state == "visible"] or list(pages)
    found = [page for page in pages if page.title == sheet] if sheet else shown
    if not found:
        raise NoSuchSheet(names=", ".join(names)) if names else BadSheet()
    return found[0], names


def _cells(page: Any) -> Iterator[list[str]]:
    # What a file says of its own size is not believed.
    page.reset_dimensions()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for row in page.iter_rows(max_col=MOST_COLUMNS, values_only=True):
                yield [as_text(value) for value in row]
    except (
        DefusedXmlException,
        zipfile.BadZipFile,
        SyntaxError,  # of XML
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        EOFError,
        OSError,
        OverflowError,
    ):
        raise BadSheet from None


def as_text(value: Any) -> str:
    """A cell as one would type it: days in ISO, whole numbers without a point."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "1" if value else "0"
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case int():
            return str(value)
    # Formulas of several cells are objects of their own.
    return str(getattr(value, "text", "") or "")
