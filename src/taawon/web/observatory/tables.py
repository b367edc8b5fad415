"""The table of a series as a file: in CSV and XLSX each row bears its words, JSON has them once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from taawon.core.errors import NotFound
from taawon.observatory import licence
from taawon.observatory.series import Shape
from taawon.observatory.sheets import Kind, Line, Sheet
from taawon.web import exports
from taawon.web.exports import Row

FORMS: Final = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON"}


def answer(form: str, sheet: Sheet, address: str) -> HttpResponseBase:
    """The download; `address` is that of the page. Raises NotFound."""
    if form not in FORMS:
        raise NotFound
    name = "-".join(filter(None, ["taawon", sheet.series.code, sheet.month]))
    if form != "json":
        return exports.answer(form, name, headings(sheet), rows(sheet, address))
    text = json.dumps(whole(sheet, address), ensure_ascii=False, indent=1) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def headings(sheet: Sheet) -> list[str]:
    columns = [column.code for column in sheet.columns]
    return ["code", "name", *columns, "withheld", *_words(sheet, "")]


def rows(sheet: Sheet, address: str) -> Iterable[Row]:
    """The lines, what no line claims, the whole; each with the words that explain it."""
    words = _words(sheet, address).values()
    return [
        (line.code, line.name, *line.cells, " ".join(_withheld(sheet, line)), *words)
        for line in _lines(sheet)
    ]


def whole(sheet: Sheet, address: str) -> dict[str, Any]:
    """The same as one object: the words once, the columns with their names, the rows by column."""
    words = {name: _plain(word) for name, word in _words(sheet, address).items()}
    return {
        "code": sheet.series.code,
        "title": str(sheet.series.title),
        **words,
        "columns": [
            {
                "code": column.code,
                "name": str(column.name),
                "unit": "‰" if column.kind is Kind.PERMILLE else words["unit"],
            }
            for column in sheet.columns
        ],
        "rows": [
            {
                "code": line.code,
                "name": line.name,
                **{
                    column.code: cell
                    for column, cell in zip(sheet.columns, line.cells, strict=True)
                },
                "withheld": _withheld(sheet, line),
            }
            for line in _lines(sheet)
        ],
    }


def _words(sheet: Sheet, address: str) -> dict[str, str | date]:
    one = sheet.series
    return {
        "unit": str(one.unit),
        "as_of": timezone.localdate(sheet.at) if isinstance(sheet.at, datetime) else sheet.at,
        "snapshot": sheet.month,
        "definition": str(one.definition),
        "source": str(one.source) if one.official else licence.source(),
        "licence": "" if one.official else licence.ADDRESS,
        "address": address,
    }


def _plain(word: str | date) -> str:
    return word.isoformat() if isinstance(word, date) else word


def _lines(sheet: Sheet) -> list[Line]:
    ends = [line for line in (sheet.unallocated, sheet.total) if line is not None]
    return [*sheet.lines, *ends]


def _withheld(sheet: Sheet, line: Line) -> list[str]:
    """The columns of the cells that are empty because they are withheld."""
    if sheet.series.shape is not Shape.CROSSED:
        return []
    pairs = zip(sheet.columns, line.cells, strict=True)
    return [column.code for column, number in pairs if number is None]
