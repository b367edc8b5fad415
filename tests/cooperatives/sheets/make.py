"""Sheets of every kind, as programs of offices write them and as those do who mean ill."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import openpyxl

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def csv_file(text: str, encoding: str = "utf-8") -> IO[bytes]:
    return io.BytesIO(text.encode(encoding))


def xlsx_file(rows: Rows, title: str = "Registre") -> io.BytesIO:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def ods_file(rows: Rows, title: str = "Registre") -> io.BytesIO:
    return ods_of(
        "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in rows), title
    )


def ods_of(inside: str, title: str = "Registre", prolog: str = "") -> io.BytesIO:
    content = (
        f'<?xml version="1.0"?>{prolog}<office:document-content {NAMESPACES}><office:body>'
        f"<office:spreadsheet><table:table table:name={quoteattr(title)}>{inside}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
        }
    )


def zip_of(entries: dict[str, str | bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    file.seek(0)
    return file


def with_entry(book: io.BytesIO, name: str, content: str | bytes) -> io.BytesIO:
    """The archive again, with one entry more, or another one in its place."""
    with zipfile.ZipFile(book) as archive:
        entries: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    return zip_of(entries | {name: content})


def _cells(row: Sequence[Cell]) -> str:
    return "".join(map(_cell, row))


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            return (
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            )
        case date():
            return (
                '<table:table-cell office:value-type="date" '
                f'office:date-value="{cell.isoformat()}"/>'
            )
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
