from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from taawon.core.money import Money
from taawon.web import exports

HEADINGS = ["Number", "Name", "Price", "Day"]
ROWS = [
    (1, "Huile d’argan ; « bio »", Money(8550), date(2026, 8, 31)),
    (2, "=HYPERLINK(1)", Money(0), None),
    (3, "زيت", Money(5), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
]


def test_a_table_that_excel_opens():
    assert list(exports.csv_lines(HEADINGS, ROWS)) == [
        "\ufeff",
        "Number;Name;Price;Day\r\n",
        '1;"Huile d’argan ; « bio »";85,50;2026-08-31\r\n',
        "2;'=HYPERLINK(1);0,00;\r\n",
        "3;زيت;0,05;2027-01-01\r\n",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+212", "-1", "@SUM", "\tx", "\r=1", " =1", "＝1"])
def test_no_formula_gets_through(text):
    assert exports.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Miel", "1+1", "a=b", "06 61 23 45 67", "'x"])
def test_other_text_stays(text):
    assert exports.harmless(text) == text


def test_rows_are_written_as_they_are_read():
    read = []

    def rows():
        for number in range(3):
            read.append(number)
            yield (number,)

    lines = exports.csv_lines(["n"], rows())
    assert [next(lines), next(lines), next(lines)] == ["\ufeff", "n\r\n", "0\r\n"]
    assert read == [0]


def test_a_workbook():
    with (
        exports.xlsx_file(HEADINGS, ROWS, "orders") as file,
        zipfile.ZipFile(io.BytesIO(file.read())) as book,
    ):
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.read("xl/workbook.xml").decode()

    assert 'name="orders"' in names
    assert "<f>" not in sheet
    assert "'=HYPERLINK(1)" in sheet
    assert "<v>85.5</v>" in sheet


@pytest.mark.django_db  # The end of an answer is the end of a request.
@pytest.mark.parametrize(
    ("form", "kind"), [("csv", "text/csv; charset=utf-8"), ("xlsx", exports.XLSX)]
)
def test_the_download(form, kind):
    answer = exports.answer(form, "taawon-orders", ["n"], [(1,)])

    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="taawon-orders.{form}"'
    answer.close()
