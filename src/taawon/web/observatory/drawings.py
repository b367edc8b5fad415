"""What templates draw of a sheet on a map, and how its figures are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taawon.core.languages import current
from taawon.observatory.series import Drawing, Lines
from taawon.observatory.sheets import Column, Kind, Line, Sheet
from taawon.places import outlines
from taawon.web import numbers

CLASSES = 5
# From this class on, a map is so dark that its labels are white.
DARK = 4
FIRST_COLUMNS: Mapping[Lines, str | Promise] = {
    Lines.REGION: gettext_lazy("Region"),
    Lines.PROVINCE: gettext_lazy("Province or prefecture"),
    Lines.SECTOR: gettext_lazy("Field of activity"),
    Lines.STATUS: gettext_lazy("Status"),
    Lines.YEAR: gettext_lazy("Year"),
    Lines.MONTH: gettext_lazy("Month"),
    Lines.NONE: gettext_lazy("Country"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A region on the map; `shade` from 1 (least) to 5, 0 where nothing is shown."""

    code: str
    path: str
    x: str
    y: str
    label: str
    said: str
    shade: int
    url: str

    @property
    def is_dark(self) -> bool:
        return self.shade >= DARK


@dataclass(frozen=True, slots=True)
class Shade:
    """A line of the legend."""

    shade: int
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class Atlas:
    view_box: str
    areas: list[Area]
    legend: list[Shade]
    column: Column


def written(number: int | None, kind: Kind) -> str:
    """The figure as the reader's language writes it, or the word for what is withheld."""
    if number is None:
        return _("withheld")
    language = current()
    if kind is Kind.PERMILLE:
        return numbers.percent(number, language)
    return numbers.grouped(number, language)


def saying(name: str, figure: str) -> str:
    """A line and its figure as one text."""
    return _("%(name)s: %(figure)s") % {"name": name, "figure": figure}


def name_of(sheet: Sheet, line: Line) -> str:
    """The name of a line, a month in words."""
    if sheet.series.lines is Lines.MONTH:
        return numbers.month(line.name, current())
    return line.name


def shades(values: Mapping[str, int]) -> dict[str, int]:
    """{code: class}: five classes of about as many regions each; the same value, the same class."""
    ranks = sorted(set(values.values()))
    if len(ranks) < CLASSES:
        return {code: 1 + ranks.index(value) for code, value in values.items()}
    ordered = sorted(values.values())
    return {
        code: 1 + ordered.index(value) * CLASSES // len(ordered) for code, value in values.items()
    }


def atlas(sheet: Sheet, url_of: Callable[[Line], str]) -> Atlas | None:
    """The map of a series that has one; a region leads to its address, or else to its line."""
    if sheet.series.drawing is not Drawing.MAP:
        return None
    column = sheet.columns[0]
    found = {line.code: line for line in sheet.lines}
    values = {code: n for code, line in found.items() if (n := line.cells[0]) is not None}
    classes = shades(values)
    areas = [
        _area(outline, found[code], sheet, classes.get(code, 0), url_of(found[code]))
        for code, outline in outlines.regions().items()
        if code in found
    ]
    legend = [
        Shade(shade, *_ends([n for code, n in values.items() if classes[code] == shade], column))
        for shade in sorted(set(classes.values()))
    ]
    return Atlas(outlines.view_box(), areas, legend, column)


def _area(outline: outlines.Outline, line: Line, sheet: Sheet, shade: int, url: str) -> Area:
    figure = written(line.cells[0], sheet.columns[0].kind)
    return Area(
        code=outline.code,
        path=outline.path,
        # As SVG writes decimals, not as the reader's language does.
        x=str(outline.x),
        y=str(outline.y),
        label=figure if shade else "–",
        said=saying(line.name, figure),
        shade=shade,
        url=url or f"#line-{line.code}",
    )


def _ends(values: Sequence[int], column: Column) -> tuple[str, str]:
    least, most = min(values), max(values)
    return written(least, column.kind), written(most, column.kind) if most > least else ""
