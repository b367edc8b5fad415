"""The register as a file. Each bears its publisher, its licence and the day of its data.

In CSV they are columns, so that they stay when the file is cut or joined to another; in XLSX a
sheet of its own; in JSON and GeoJSON members beside the rows. All are written as they are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from taawon.core.sheets import Cell, csv_lines, xlsx_file
from taawon.core.sheets import Row as SheetRow
from taawon.observatory import dictionary, licence, register
from taawon.observatory.register import Filters, Row
from taawon.observatory.states import Form
from taawon.places.reference import province_points

TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.JSON: "application/json",
    Form.GEOJSON: "application/geo+json",
}
TITLE = "Register of Morocco's cooperatives"
LOCATION = "The label point of the province, not the place of the cooperative."
Chunks = Iterable[list[Row]]


@dataclass(frozen=True, slots=True)
class About:
    """What goes along with the rows: `as_of` is when they were read."""

    as_of: datetime
    filters: Filters

    @property
    def day(self) -> str:
        return timezone.localtime(self.as_of).isoformat(timespec="seconds")

    def members(self) -> dict[str, Any]:
        return {
            "title": TITLE,
            "publisher": licence.source(),
            "licence": licence.ADDRESS,
            "as_of": self.day,
            "columns": f"{settings.SITE_URL}/fr/observatory/data/#columns",
            "filters": self.filters.chosen,
        }


def name(form: str, about: About) -> str:
    """taawon-register-MA-09-women-2026-11-25.csv"""
    filters = about.filters
    womens = {"yes": "womens", "no": "others"}.get(filters.women, "")
    words = [filters.region, filters.sector, womens, about.day[:10]]
    return "-".join(filter(None, ["taawon-register", *words])) + f".{form}"


def letters(form: str, chunks: Chunks, about: About) -> Iterator[str]:
    """The file as text, piece by piece; not for XLSX."""
    if form == Form.CSV:
        return csv_lines(_headings(), _csv_rows(chunks, about))
    return _geojson(chunks, about) if form == Form.GEOJSON else _json(chunks, about)


def workbook(chunks: Chunks, about: About) -> IO[bytes]:
    """The file as XLSX, in a temporary file that is gone once it is closed."""
    rows = (_cells(row) for chunk in chunks for row in chunk)
    notes: list[SheetRow] = [
        (member, json.dumps(text) if isinstance(text, dict) else text)
        for member, text in about.members().items()
    ]
    return xlsx_file(list(register.COLUMNS), rows, "register", ("about", notes))


def write(form: str, out: IO[bytes], chunks: Chunks, about: About) -> None:
    """The whole file into an open one."""
    if form == Form.XLSX:
        with workbook(chunks, about) as book:
            while piece := book.read(1 << 16):
                out.write(piece)
        return
    for piece_of_text in letters(form, chunks, about):
        out.write(piece_of_text.encode())


def _headings() -> list[str]:
    return [*register.COLUMNS, *(column.name for column in dictionary.ABOUT)]


def _cells(row: Row) -> list[Cell]:
    return [_cell(row[column]) for column in register.COLUMNS]


def _cell(value: Any) -> Cell:
    """Neither Excel nor its users agree on how true is spelt."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    cell: Cell = value
    return cell


def _csv_rows(chunks: Chunks, about: About) -> Iterator[SheetRow]:
    ends = (licence.source(), licence.ADDRESS, about.day)
    return ([*_cells(row), *ends] for chunk in chunks for row in chunk)


def _json(chunks: Chunks, about: About) -> Iterator[str]:
    return _list(about.members(), "cooperatives", (row for chunk in chunks for row in chunk))


def _geojson(chunks: Chunks, about: About) -> Iterator[str]:
    members = {"type": "FeatureCollection", **about.members(), "location": LOCATION}
    return _list(members, "features", (_feature(row) for chunk in chunks for row in chunk))


def _feature(row: Row) -> Row:
    point = province_points().get(row["province"])
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {**row, "location": LOCATION},
    }


def _list(members: dict[str, Any], named: str, rows: Iterator[Row]) -> Iterator[str]:
    """An object whose last member is a list, a line a row."""
    yield json.dumps(members, ensure_ascii=False)[:-1] + f', "{named}": ['
    before = "\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"
