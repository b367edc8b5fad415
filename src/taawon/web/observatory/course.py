"""A drawing over time: bars for years, a line for months, with a scale and dates to read.

The drawing is 640 by 310 and keeps its shape, so that its words stay words on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taawon.observatory.series import Drawing, Lines
from taawon.observatory.sheets import Kind, Sheet
from taawon.web.observatory.drawings import name_of, saying, written

WIDTH, HEIGHT = 640, 310
LEFT, RIGHT, TOP, BOTTOM = 84, 628, 34, 262
# Where months are missing, the line makes so many steps.
LEAP = 4
# So far apart are the middles of two words below the drawing.
APART = {Lines.YEAR: 66, Lines.MONTH: 112}


@dataclass(frozen=True, slots=True)
class Tick:
    """A word beside the drawing, at a height or at a distance from the left."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for one year or month: a bar, or a point of the line, that says its figure."""

    said: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Course:
    """`bars` for years; for months `stretches` (points of lines without a gap), `leaps` (from the
    end of one to the beginning of the next) and `dots`. `top` is the word above the highest."""

    scale: list[Tick]
    dates: list[Tick]
    top: Tick
    top_y: int
    bars: list[Mark]
    dots: list[Mark]
    stretches: list[str]
    leaps: list[str]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def of(sheet: Sheet) -> Course | None:
    """The drawing of a series that has one, and at least two points."""
    drawing = sheet.series.drawing
    if drawing not in (Drawing.YEARS, Drawing.TREND) or len(sheet.lines) < 2:
        return None
    values = [line.cells[0] or 0 for line in sheet.lines]
    codes = [line.code for line in sheet.lines]
    steps = _steps(codes) if drawing is Drawing.TREND else list(range(len(codes)))
    step = (RIGHT - LEFT) / (steps[-1] + (1 if drawing is Drawing.YEARS else 0))
    offset = step / 2 if drawing is Drawing.YEARS else 0
    middles = [round(LEFT + offset + step * place) for place in steps]
    lines, most = _scale(max(*values, 1))
    heights = [round((BOTTOM - TOP) * value / most) for value in values]
    width = max(round(step * 0.8), 2) if drawing is Drawing.YEARS else 0
    marks = [
        Mark(
            saying(name_of(sheet, line), written(value, Kind.COUNT)),
            middle - width // 2,
            BOTTOM - height,
            width,
            height,
        )
        for line, value, middle, height in zip(sheet.lines, values, middles, heights, strict=True)
    ]
    peak = max(range(len(values)), key=lambda place: (values[place], place))
    known = drawing is Drawing.TREND
    points = [f"{middle},{mark.y}" for middle, mark in zip(middles, marks, strict=True)]
    stretches = _stretches(steps, points) if known else []
    return Course(
        scale=[
            Tick(written(line, Kind.COUNT), BOTTOM - round((BOTTOM - TOP) * line / most))
            for line in lines
        ],
        dates=_dates(sheet, middles),
        top=Tick(written(values[peak], Kind.COUNT), min(middles[peak], RIGHT - 30)),
        top_y=marks[peak].y - 8,
        bars=[] if known else marks,
        dots=marks if known else [],
        stretches=[" ".join(stretch) for stretch in stretches],
        leaps=[f"{before[-1]} {after[0]}" for before, after in pairwise(stretches)],
    )


def _steps(months: Sequence[str]) -> list[int]:
    """Where each month stands, counted in months; what is missing between two is a leap."""
    found = [0]
    for before, after in pairwise(map(_number, months)):
        found.append(found[-1] + (1 if after - before == 1 else LEAP))
    return found


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return 12 * int(year) + int(number)


def _stretches(steps: Sequence[int], points: Sequence[str]) -> list[list[str]]:
    found = [[points[0]]]
    for (before, after), point in zip(pairwise(steps), points[1:], strict=True):
        if after - before == 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _scale(most: int) -> tuple[list[int], int]:
    """Three to six round numbers from 0 on, and the height of the drawing, which is the last."""
    size = 10 ** max(len(str(most)) - 1, 0)
    step = next(each for each in _round_steps(size) if each * 5 >= most)
    last = -(-most // step) * step
    return list(range(0, last + 1, step)), last


def _round_steps(size: int) -> Iterable[int]:
    return (max(part * size // 10, 1) for part in (1, 2, 5, 10, 20, 50))


def _dates(sheet: Sheet, middles: Sequence[int]) -> list[Tick]:
    """The words below: the last and the first, then those beside a gap, then round ones."""
    codes = [line.code for line in sheet.lines]
    apart = APART[sheet.series.lines]
    order = [len(codes) - 1, 0, *_round_places(sheet.series.lines, codes)]
    found: dict[int, str] = {}
    for place in order:
        at = min(max(middles[place], LEFT + 12), WIDTH - (26 if apart < 100 else 42))
        if all(abs(at - other) >= apart for other in found):
            found[at] = codes[place]
    return [Tick(_short(code), at) for at, code in sorted(found.items())]


def _round_places(lines: Lines, codes: Sequence[str]) -> list[int]:
    if lines is Lines.YEAR:
        room = len(codes) * APART[lines] / (RIGHT - LEFT)
        every = next((each for each in (1, 2, 5, 10, 20, 50) if each >= room), 100)
        return [place for place, code in enumerate(codes) if int(code) % every == 0]
    edges = [
        place
        for place, (before, after) in enumerate(pairwise(map(_number, codes)))
        if after - before > 1
    ]
    return [*edges, *range(len(codes))]


def _short(code: str) -> str:
    """ "2026-10" → "10/2026": months stand close."""
    year, _, month = code.partition("-")
    return f"{month}/{year}" if month else year


def reaches(sheet: Sheet) -> str:
    """Up to which year the register reaches, as far as the years of registrations tell."""
    known = [line.code for line in sheet.lines if line.cells[0]]
    return known[-1] if sheet.series.lines is Lines.YEAR and known else ""


def blanks(sheet: Sheet) -> list[str]:
    """The years among the last ten of the table of which the register has no entry."""
    if sheet.series.lines is not Lines.YEAR:
        return []
    return [line.code for line in sheet.lines[-10:] if not line.cells[0]]
