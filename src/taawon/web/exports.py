"""A spreadsheet as the answer to a request: CSV, sent as it is read, or XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from taawon.core.sheets import Cell, Row, csv_lines, harmless, xlsx_file

__all__ = ["XLSX", "Cell", "Row", "answer", "csv_lines", "harmless", "xlsx_file"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(form: str, name: str, headings: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """The download; `form` is "csv" or "xlsx", `name` the file's name without its ending."""
    if form == "xlsx":
        book = xlsx_file(headings, rows, name)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response = StreamingHttpResponse(
        csv_lines(headings, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.csv") or ""
    )
    return response
