"""Files of those who mean ill: each gets an answer in words, quickly and in little memory."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from random import Random
from typing import IO

import pytest

from taawon.cooperatives.sheets import BadSheet, open_sheet
from taawon.cooperatives.sheets.sheet import LONGEST_CELL
from tests.cooperatives.files import EXECUTABLE, PDF, picture
from tests.cooperatives.sheets.make import csv_file, ods_of, with_entry, xlsx_file, zip_of

ROWS = [["nom", "numero"], ["Amal", "1"]]
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
PAGE = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def page(rows: str, prolog: str = "") -> io.BytesIO:
    data = f"<sheetData>{rows}</sheetData>"
    xml = f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}">{data}</worksheet>'
    return with_entry(xlsx_file(ROWS), PAGE, xml)


def cell(text: str, place: str = "A1") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def protected() -> io.BytesIO:
    raw = bytearray(xlsx_file(ROWS).getvalue())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(re.escape(mark), bytes(raw)):
            raw[found.start() + offset] |= 1
    return io.BytesIO(bytes(raw))


def lying() -> io.BytesIO:
    """The directory says 100 bytes, the entry holds more."""
    file = ods_of("<table:table-row/>" * 1_000)
    raw = bytearray(file.getvalue())
    with zipfile.ZipFile(file) as archive:
        real = archive.getinfo("content.xml").file_size
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(re.escape(mark), bytes(raw)):
            place = found.start() + offset
            if int.from_bytes(raw[place : place + 4], "little") == real:
                raw[place : place + 4] = (100).to_bytes(4, "little")
    return io.BytesIO(bytes(raw))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: io.BytesIO(b""), "not-a-sheet"),
        (lambda: io.BytesIO(PDF), "not-a-sheet"),
        (lambda: io.BytesIO(EXECUTABLE), "not-a-sheet"),
        (lambda: io.BytesIO(picture()), "not-a-sheet"),
        (lambda: io.BytesIO(b"\0" * 5_000), "not-a-sheet"),
        (lambda: zip_of({"a.txt": "hello"}), "not-a-sheet"),
        (lambda: io.BytesIO(b"PK\x03\x04" + b"x" * 100), "bad-sheet"),
        (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)), "old-workbook"),
        (lambda: with_entry(xlsx_file(ROWS), "xl/vbaProject.bin", b"x"), "has-macros"),
        (protected, "protected-sheet"),
        (lambda: with_entry(xlsx_file(ROWS), "xl/media/zeros", bytes(20_000_000)), "sheet-bomb"),
        (lambda: zip_of({f"{n}": "" for n in range(2_001)}), "sheet-bomb"),
        (lying, "bad-sheet"),
        (lambda: page(f"<row>{cell('&c;')}</row>", ENTITIES), "bad-sheet"),
        (lambda: page("<row><c></row>"), "bad-sheet"),
        (lambda: ods_of("<table:table-row/>", prolog=ENTITIES), "bad-sheet"),
        (lambda: ods_of("<table:table-row>"), "bad-sheet"),
        (lambda: ods_of(""), "empty-sheet"),
        (lambda: csv_file("only\none\ncolumn\n"), "empty-sheet"),
        (lambda: csv_file("a;b\n" + "x" * 10_000_000 + ";y\n"), "huge-cell"),
        (lambda: csv_file('a;b\n1;2\n"' + "x;y\n" * 100_000), "huge-cell"),
    ],
)
def test_what_is_refused(make: Callable[[], IO[bytes]], code: str) -> None:
    with pytest.raises(BadSheet) as refusal:
        list(open_sheet(make()).rows)
    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert str(refusal.value)


def test_a_million_empty_rows_end_after_a_thousand() -> None:
    rows = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_000))
    head = f"<row r='1'>{cell('nom')}{cell('n', 'B1')}</row><row r='2'>{cell('Amal', 'A2')}</row>"
    last = f'<row r="1000000">{cell("late", "A1000000")}</row>'
    sheet = open_sheet(page(head + rows + last))
    assert list(sheet.rows) == [(2, ["Amal", ""])]


def test_a_row_far_below_costs_nothing() -> None:
    head = f"<row r='1'>{cell('nom')}{cell('n', 'B1')}</row><row r='2'>{cell('Amal', 'A2')}</row>"
    sheet = open_sheet(page(head + f'<row r="1048576">{cell("late", "XFD1048576")}</row>'))
    assert list(sheet.rows) == [(2, ["Amal", ""])]


@pytest.mark.parametrize("huge", [Random(7).randbytes(5_000_000).hex(), "أ" * 1_000_000])
def test_a_huge_cell_of_a_workbook_is_cut(huge: str) -> None:
    head = f"<row r='1'>{cell('nom')}{cell('n', 'B1')}</row>"
    sheet = open_sheet(page(f"{head}<row r='2'>{cell(huge, 'A2')}{cell('7', 'B2')}</row>"))
    [(number, (name, seven))] = list(sheet.rows)
    assert (number, len(name), seven) == (2, LONGEST_CELL + 1, "7")


def test_thousands_of_columns_are_cut() -> None:
    sheet = open_sheet(csv_file("a;b" + ";c" * 50_000 + "\n" + "1;" * 50_000 + "\n"))
    assert len(sheet.headings) == 200
    [(_number, cells)] = list(sheet.rows)
    assert len(cells) == 200


def test_nested_deeply() -> None:
    deep = "<text:span>" * 50_000 + "x" + "</text:span>" * 50_000
    row = (
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{deep}</text:p></table:table-cell></table:table-row>"
    )
    assert open_sheet(ods_of(row)).headings == ["a", "x"]


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_memory_stays_flat(kind: str) -> None:
    """A hundred thousand rows, and no more memory than a thousand need."""
    if kind == "csv":
        file: IO[bytes] = csv_file("nom;numero\n" + "Amal;12/2019\n" * 100_000)
    else:
        row = "<table:table-row>{}</table:table-row>".format(
            "<table:table-cell><text:p>Amal</text:p></table:table-cell>" * 2
        )
        file = ods_of(row * 30_000)
    sheet = open_sheet(file)
    tracemalloc.start()
    try:
        count = sum(1 for _row in sheet.rows)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == (100_000 if kind == "csv" else 29_999)
    assert most < 3_000_000
