"""A series as a table that can be read: lines with names in the reader's language, and totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from taawon.cooperatives.branches import sectors
from taawon.cooperatives.states import CooperativeStatus
from taawon.core.errors import NotFound
from taawon.core.languages import spoken
from taawon.observatory import figures, published, queries, series
from taawon.observatory.models import Snapshot
from taawon.observatory.series import Lines, Series, Shape
from taawon.places.queries import provinces, regions

Number = int | None


class Kind(StrEnum):
    COUNT = "count"
    PERMILLE = "permille"


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    name: str | Promise
    kind: Kind = Kind.COUNT


@dataclass(frozen=True, slots=True)
class Line:
    """`cells` in the order of the columns; None is withheld, or says nothing."""

    code: str
    name: str
    cells: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`at` is when it was so. Maps and rankings show the first column."""

    series: Series
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None
    unallocated: Line | None
    at: datetime | date
    month: str = ""

    @property
    def ranked(self) -> list[Line]:
        """The largest first; what is withheld last."""
        return sorted(self.lines, key=lambda line: (-_rank(line.cells[0]), line.code))

    @property
    def withholds(self) -> bool:
        if self.series.shape is not Shape.CROSSED:
            return False
        return any(None in line.cells for line in self.lines)


_CROSSED: Mapping[str, tuple[str | Promise, ...]] = {
    "womens-cooperatives": (
        gettext_lazy("Women’s cooperatives"),
        gettext_lazy("Other cooperatives"),
        gettext_lazy("All cooperatives"),
        gettext_lazy("Share of women’s cooperatives"),
    ),
    "members": (
        pgettext_lazy("persons", "Women"),
        pgettext_lazy("persons", "Men"),
        gettext_lazy("All members"),
        gettext_lazy("Share of women"),
    ),
}


def of(code: str, month: str = "") -> Sheet:
    """A series as it stands now, or in the snapshot of a month. Raises NotFound."""
    one = series.ALL.get(code)
    if one is None or (month and not one.has_snapshots):
        raise NotFound
    if one.official:
        return _official(one)
    if one.shape is Shape.MONTHS:
        return _months(one)
    if month:
        return of_snapshot(one, queries.snapshot(month))
    standing = figures.now()
    return _sheet(one, standing.book[code], standing.at)


def of_snapshot(one: Series, snapshot: Snapshot) -> Sheet:
    """Raises NotFound for a series that was not counted yet."""
    data = snapshot.data
    table = data["series"].get(one.code)
    if table is None:
        raise NotFound
    named = {
        code: spoken({f"name_{language}": name for language, name in names.items()}, "name")
        for code, names in data["sectors"].items()
    }
    return _sheet(one, table, snapshot.taken_at, snapshot.month, named)


def _official(one: Series) -> Sheet:
    at = one.as_of or date.min
    if one.shape is Shape.NUMBER:
        column = Column("share_permille", gettext_lazy("Share"), Kind.PERMILLE)
        total = Line("total", _("Morocco"), (one.permille,))
        return Sheet(one, (column,), (), total, None, at)
    return _sheet(one, published.official_2019(), at)


def _months(one: Series) -> Sheet:
    tables = queries.totals_by_month()
    lines = tuple(Line(month, month, (table["total"],)) for month, table in tables.items())
    column = Column("number", _capital(one.unit))
    return Sheet(one, (column,), lines, None, None, timezone.now())


def _sheet(
    one: Series,
    table: Mapping[str, Any],
    at: datetime | date,
    month: str = "",
    sector_names: Mapping[str, str] | None = None,
) -> Sheet:
    if one.shape is Shape.CROSSED and one.code in _CROSSED:
        columns, lines, total = _by_kind(one, table)
    elif one.shape is Shape.CROSSED:
        columns, lines, total = _by_sector(one, table, sector_names or _sector_names())
    else:
        columns, lines, total = _parts(one, table, sector_names)
    unallocated = _unallocated(one, table, len(columns))
    return Sheet(one, columns, lines, total, unallocated, at, month)


Laid = tuple[tuple[Column, ...], tuple[Line, ...], Line]


def _parts(one: Series, table: Mapping[str, Any], named: Mapping[str, str] | None) -> Laid:
    total = table["total"]
    names = _names(one.lines, table["parts"], named)
    columns = (
        Column("number", _capital(one.unit)),
        Column("share_permille", gettext_lazy("Share of the total"), Kind.PERMILLE),
    )
    # What others published is shown as they published it: without a share that is ours.
    width = 1 if one.official else 2
    lines = tuple(
        Line(code, names[code], (number, permille(number, total))[:width])
        for code, number in table["parts"].items()
    )
    whole = Line("total", _("Morocco"), (total, permille(total, total))[:width])
    return columns[:width], lines, whole


def _by_kind(one: Series, table: Mapping[str, Any]) -> Laid:
    codes = list(table["columns"])
    words = _CROSSED[one.code]
    # The share first: it is what the map and the ranking show.
    columns = (
        Column("share_permille", words[3], Kind.PERMILLE),
        *(Column(code, words[place]) for place, code in enumerate(codes)),
        Column("all", words[2]),
    )
    names = _names(one.lines, table["rows"], None)

    def line(code: str, name: str, cells: Sequence[Number], total: Number) -> Line:
        return Line(code, name, (permille(cells[0], total), *cells, total))

    lines = tuple(
        line(code, names[code], [table["cells"][code][kind] for kind in codes], total)
        for code, total in table["rows"].items()
    )
    sums = [table["columns"][kind] for kind in codes]
    return columns, lines, line("total", _("Morocco"), sums, table["total"])


def _by_sector(one: Series, table: Mapping[str, Any], named: Mapping[str, str]) -> Laid:
    """The largest field of activity first."""
    codes = sorted(table["columns"], key=lambda code: (-_rank(table["columns"][code]), code))
    columns = (
        Column("all", gettext_lazy("All fields")),
        *(Column(code, named.get(code, code)) for code in codes),
    )
    names = _names(one.lines, table["rows"], None)
    lines = tuple(
        Line(code, names[code], (total, *(table["cells"][code][col] for col in codes)))
        for code, total in table["rows"].items()
    )
    sums = (table["total"], *(table["columns"][code] for code in codes))
    return columns, lines, Line("total", _("Morocco"), sums)


def _unallocated(one: Series, table: Mapping[str, Any], width: int) -> Line | None:
    """Shown where lines are places, so that they add up before everybody's eyes."""
    number = table["unallocated"]
    if not number and one.lines not in (Lines.REGION, Lines.PROVINCE):
        return None
    if one.shape is Shape.CROSSED:
        return None
    name = _("Date not known") if one.lines is Lines.YEAR else _("Unallocated")
    cells = (number, permille(number, table["total"]))
    return Line("unallocated", name, cells[:width])


def permille(part: Number, total: Number) -> Number:
    """The share in thousandths, half up; None where either is withheld or there is nothing."""
    if part is None or not total:
        return None
    return (2000 * part + total) // (2 * total)


def _names(
    lines: Lines, codes: Iterable[str], sector_names: Mapping[str, str] | None
) -> dict[str, str]:
    known: Mapping[str, str] = {}
    match lines:
        case Lines.REGION:
            known = {code: place.name for code, place in regions().items()}
        case Lines.PROVINCE:
            known = {code: place.name for code, place in provinces().items()}
        case Lines.SECTOR:
            known = sector_names or _sector_names()
        case Lines.STATUS:
            known = {one.value: _capital(one.label) for one in CooperativeStatus}
    return {code: known.get(code, code) for code in codes}


def _sector_names() -> dict[str, str]:
    return {code: one.name for code, one in sectors().items()}


def _capital(text: str | Promise) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]


def _rank(number: Number) -> int:
    return -1 if number is None else number
