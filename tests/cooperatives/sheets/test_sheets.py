"""Every kind of file becomes the same rows."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from taawon.cooperatives.sheets import Sheet, open_sheet
from tests.cooperatives.sheets.make import csv_file, ods_file, ods_of, xlsx_file

TEXT = "Dénomination;N° d'immatriculation;Province\nCoopérative Étoile;0012/2019;Tétouan\n"
ARABIC = "الاسم;رقم التسجيل;الإقليم\nتعاونية الأمل;0012/2019;تيزنيت\n"


def rows(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return list(sheet.rows)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (TEXT, "utf-8", "utf-8"),
        (TEXT, "utf-8-sig", "utf-8-sig"),
        (TEXT, "utf-16", "utf-16"),
        (TEXT, "utf-16-le", "utf-16-le"),
        (TEXT, "utf-16-be", "utf-16-be"),
        (TEXT, "cp1252", "cp1252"),
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-16", "utf-16"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "cp1256", "cp1256"),
        (ARABIC, "iso8859_6", "iso8859_6"),
        (TEXT + "Étoile;1;تيزنيت\n", "cp1256", "cp1256"),
    ],
)
def test_encodings(text: str, encoding: str, found: str) -> None:
    if encoding == "cp1256":
        text = text.replace("É", "E")
    sheet = open_sheet(csv_file(text, encoding))
    assert (sheet.encoding, sheet.delimiter, sheet.kind) == (found, ";", "csv")
    first, *others = [line.split(";") for line in text.splitlines()]
    assert sheet.headings == first
    assert rows(sheet) == list(enumerate(others, start=2))


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_separators(sign: str) -> None:
    text = f'nom{sign}province\n"Amal; fille, de|la\tmer"{sign}Tiznit\nAfoulki{sign}Tata\n'
    sheet = open_sheet(csv_file(text))
    assert sheet.delimiter == sign
    assert rows(sheet) == [(2, ["Amal; fille, de|la\tmer", "Tiznit"]), (3, ["Afoulki", "Tata"])]


def test_rows_are_counted_as_a_spreadsheet_counts() -> None:
    text = 'Registre des coopératives;;\n\nnom;province\nAmal;Tata\n;;\nAfoulki;"Sidi\nIfni";x;y\n'
    sheet = open_sheet(csv_file(text))
    assert (sheet.heading_row, sheet.headings, sheet.about) == (3, ["nom", "province"], 7)
    assert rows(sheet) == [(4, ["Amal", "Tata"]), (6, ["Afoulki", "Sidi\nIfni"])]


def test_a_workbook() -> None:
    book = xlsx_file(
        [
            ["Nom", "N°", "Date", "Femmes", "Capital"],
            ["Amal", "0012", date(2019, 3, 4), 12, 1000.5],
            [None, None, None, None, None],
            ["=1+1", 12.0, None, True, "x"],
        ]
    )
    sheet = open_sheet(book)
    assert (sheet.kind, sheet.name, sheet.names, sheet.about) == (
        "xlsx",
        "Registre",
        ("Registre",),
        4,
    )
    assert rows(sheet) == [
        (2, ["Amal", "0012", "2019-03-04", "12", "1000.5"]),
        (4, ["=1+1", "12", "", "1", "x"]),
    ]


def test_one_of_several_sheets() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file([["a", "b"], ["1", "2"]]).getvalue()))
    more = book.create_sheet("Deux")
    more.append(["c", "d"])
    more.append(["3", "4"])
    file = io.BytesIO()
    book.save(file)

    assert open_sheet(file).headings == ["a", "b"]
    assert open_sheet(file, "Deux").headings == ["c", "d"]
    assert open_sheet(file).names == ("Registre", "Deux")


def test_an_open_document() -> None:
    file = ods_file(
        [
            ["Nom", "Date", "Femmes"],
            ["تعاونية", date(2019, 3, 4), 12.0],
            ["Amal & <fils>", None, 1.5],
        ]
    )
    sheet = open_sheet(file)
    assert (sheet.kind, sheet.name, sheet.about) == ("ods", "Registre", 3)
    assert rows(sheet) == [(2, ["تعاونية", "2019-03-04", "12"]), (3, ["Amal & <fils>", "", "1.5"])]


def test_what_an_open_document_repeats() -> None:
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row{}>{}</table:table-row>"
    inside = (
        row.format("", cell.format("", "a") + cell.format("", "b") + cell.format("", "c"))
        + row.format(
            ' table:number-rows-repeated="2"',
            cell.format(' table:number-columns-repeated="2"', "x<text:s/>y")
            + '<table:table-cell table:formula="of:=1+1" office:value-type="float"/>',
        )
        + row.format(
            ' table:number-rows-repeated="1048570"',
            '<table:table-cell table:number-columns-repeated="16384"/>',
        )
        + row.format("", cell.format("", "never reached"))
    )
    sheet = open_sheet(ods_of(inside))
    assert rows(sheet) == [(2, ["x y", "x y", "=1+1"]), (3, ["x y", "x y", "=1+1"])]
