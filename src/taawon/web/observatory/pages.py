"""What the pages of the observatory show of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from taawon.core.errors import NotFound
from taawon.core.languages import current
from taawon.observatory import figures, licence, queries, series, sheets
from taawon.observatory.series import Lines, Series, Shape
from taawon.observatory.sheets import Kind, Line, Sheet
from taawon.web import numbers
from taawon.web.observatory import course, drawings, tables

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
EMBED_HEIGHT = 720


@dataclass(frozen=True, slots=True)
class CellShown:
    text: str
    is_withheld: bool
    shade: int = 0


@dataclass(frozen=True, slots=True)
class RowShown:
    """A line of the table; `width` is the length of its bar out of 100, None without a bar."""

    code: str
    name: str
    url: str
    cells: list[CellShown]
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """A series in the list of all."""

    code: str
    title: str
    unit: str


def month_asked(text: str) -> str:
    """The snapshot of the address; "" is now. Raises NotFound."""
    if text and not _MONTH.fullmatch(text):
        raise NotFound
    return text


def context(code: str, month: str) -> dict[str, Any]:
    """Everything that the page of a series, and its frame, show. Raises NotFound."""
    sheet = sheets.of(code, month)
    query = {"snapshot": month} if month else None
    permanent = settings.SITE_URL + reverse("observatory:series", args=[code], query=query)
    framed = settings.SITE_URL + reverse("observatory:embed", args=[code], query=query)
    return {
        "sheet": sheet,
        "one": sheet.series,
        "title": str(sheet.series.title),
        "dated": dated(sheet),
        "month": month,
        "rows": list(rows(sheet)),
        "totals": totals(sheet),
        "columns": [str(column.name) for column in sheet.columns],
        "is_matrix": is_matrix(sheet),
        "atlas": drawings.atlas(sheet, lambda line: _url(sheet, line)),
        "course": course.of(sheet),
        "reaches": course.reaches(sheet),
        "blanks": _(", ").join(course.blanks(sheet)),
        "figure": figure(sheet),
        "first_column": first_column(sheet.series),
        "licence": (licence.NAME, licence.ADDRESS),
        "permanent": permanent,
        "files": [
            (label, reverse("observatory:series-file", args=[code, form], query=query))
            for form, label in tables.FORMS.items()
        ],
        "snippet": snippet(framed, str(sheet.series.title)),
        "threshold": settings.SMALL_NUMBER,
        "tab": "cooperatives",
        "framed": False,
    }


def snippet(address: str, title: str) -> str:
    """What another site pastes into its page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%"'
        f' height="{EMBED_HEIGHT}" loading="lazy"></iframe>'
    )


def figure(sheet: Sheet) -> str:
    """The one number of a series that is a number."""
    if sheet.series.shape is not Shape.NUMBER:
        return ""
    return drawings.written(sheet.series.permille, Kind.PERMILLE)


def is_matrix(sheet: Sheet) -> bool:
    """Whether columns are so many that their names stand upright."""
    return len(sheet.columns) > 5


def rows(sheet: Sheet) -> Iterator[RowShown]:
    """Places and fields of activity as a ranking; what happens in time as it happens."""
    in_time = sheet.series.lines in (Lines.YEAR, Lines.MONTH)
    lines = list(reversed(sheet.lines)) if in_time else sheet.ranked
    if is_matrix(sheet):
        shades = _heat(sheet)
        return (_row(sheet, line, shades=shades) for line in lines)
    # What happens in time has a drawing of its own.
    most = 0 if in_time else max((line.cells[0] or 0 for line in lines), default=0)
    return (_row(sheet, line, most) for line in lines)


def _row(
    sheet: Sheet, line: Line, most: int = 0, shades: dict[tuple[str, int], int] | None = None
) -> RowShown:
    value = line.cells[0]
    width = 100 * value // most if value is not None and most else None
    name, cells = drawings.name_of(sheet, line), _cells(sheet, line, shades or {})
    return RowShown(line.code, name, _url(sheet, line), cells, width)


def _cells(sheet: Sheet, line: Line, shades: dict[tuple[str, int], int]) -> list[CellShown]:
    crossed = sheet.series.shape is Shape.CROSSED
    return [
        CellShown(
            # Outside of crossed tables nothing is withheld: there is nothing to say.
            drawings.written(number, column.kind) if number is not None or crossed else "–",
            number is None and crossed,
            shades.get((line.code, place), 0),
        )
        for place, (number, column) in enumerate(zip(line.cells, sheet.columns, strict=True))
    ]


def _heat(sheet: Sheet) -> dict[tuple[str, int], int]:
    """Shades of the cells of a wide table; none for a zero, for what is withheld, for totals."""
    values = {
        f"{line.code} {place}": number
        for line in sheet.lines
        for place, number in enumerate(line.cells)
        if number and place
    }
    found = {}
    for key, shade in drawings.shades(values).items():
        code, place = key.rsplit(" ", 1)
        found[code, int(place)] = shade
    return found


def _url(sheet: Sheet, line: Line) -> str:
    """The cooperatives behind an own figure; another's figures are not ours to list."""
    filters = {Lines.REGION: "region", Lines.SECTOR: "sector"}
    if sheet.series.lines is Lines.MONTH:
        code = "cooperatives"
        return reverse("observatory:series", args=[code], query={"snapshot": line.code})
    name = filters.get(sheet.series.lines)
    if sheet.series.official or name is None:
        return ""
    return reverse("market:cooperatives", query={name: line.code})


def totals(sheet: Sheet) -> list[RowShown]:
    """What no line claims, then the whole."""
    found = [line for line in (sheet.unallocated, sheet.total) if line is not None]
    return [RowShown(line.code, line.name, "", _cells(sheet, line, {})) for line in found]


def first_column(one: Series) -> str:
    return str(drawings.FIRST_COLUMNS[one.lines])


def dated(sheet: Sheet) -> str:
    """When it was so, in words."""
    if sheet.series.as_of_text:
        return str(sheet.series.as_of_text)
    if isinstance(sheet.at, datetime):
        return numbers.moment(sheet.at, current())
    return numbers.day(sheet.at, current())


def months() -> list[dict[str, str]]:
    """The snapshots that there are, the newest first."""
    found = [one.month for one in queries.snapshots()]
    return [{"value": month, "name": numbers.month(month, current())} for month in reversed(found)]


def overview() -> dict[str, Any]:
    standing = figures.now()
    womens, members = (sheets.of(code).total for code in ("womens-cooperatives", "members"))
    official = {one.code: one for one in series.OFFICIAL}
    return {
        "tab": "cooperatives",
        "framed": False,
        "at": standing.at,
        "cooperatives": standing.book["cooperatives"]["total"],
        "shops": standing.book["shops"]["total"],
        "womens": _cells_of("womens-cooperatives", womens),
        "members": _cells_of("members", members),
        "sheet": (sheet := sheets.of("cooperatives")),
        "atlas": drawings.atlas(sheet, lambda line: _url(sheet, line)),
        "rows": list(rows(sheet)),
        "columns": [str(column.name) for column in sheet.columns],
        "totals": totals(sheet),
        "first_column": first_column(sheet.series),
        "is_matrix": False,
        "one": sheet.series,
        "own": [_tile(one) for one in series.OWN],
        "official": [_tile(one) for one in series.OFFICIAL],
        "official_total": sheets.of("official-2019").total,
        "official_figures": [
            (official[code], figure(sheets.of(code)))
            for code in ("official-womens-2019", "official-womens-2015")
        ],
    }


def _cells_of(code: str, total: Line | None) -> dict[str, str]:
    """{column: text} of the national line."""
    columns = sheets.of(code).columns
    cells = total.cells if total is not None else ()
    return {
        column.code: drawings.written(number, column.kind)
        for column, number in zip(columns, cells, strict=True)
    }


def _tile(one: Series) -> Tile:
    return Tile(one.code, str(one.title), str(one.unit))
