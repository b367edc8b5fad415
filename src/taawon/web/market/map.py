"""The map of the regions and provinces, drawn into a page with what was counted of each.

The outlines stay in a file of their own, under the licence of its own; a page that draws them says
"© OpenStreetMap contributors" (templates/market/_map.html does).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from math import asinh, degrees, radians, sqrt, tan

from taawon.places import reference
from taawon.places.queries import provinces, regions

WIDTH, HEIGHT = 800, 859
# The outlines are drawn in Mercator's projection: found by fitting the outermost points of the
# country and the label points. So many units a degree; the western edge in degrees of longitude,
# the northern one in degrees of Mercator's latitude.
SCALE, WEST, NORTH = 49.68, 17.1015, 38.541
SHADES = 5
# Radius of the circle of the province that has most, and of one that has few.
LARGEST, SMALLEST = 19.0, 5.0

# ("region" or "province", code) → the address that it leads to.
Link = Callable[[str, str], str]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A region: `path` for <path d>, `shade` from 1 (few) to 5 (many)."""

    code: str
    name: str
    count: int
    url: str
    path: str
    shade: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A province: a circle whose area is its count."""

    code: str
    name: str
    region: str
    count: int
    url: str
    x: int
    y: int
    radius: float

    @property
    def r(self) -> str:
        """The radius as drawings write it, in every language with a point."""
        return f"{self.radius:.1f}"


@dataclass(frozen=True, slots=True)
class Shade:
    """One line of the legend: from so many to so many."""

    shade: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a region on a wide drawing, beside or inside of it."""

    name: str
    x: int
    y: int
    anchor: str


# Where the names stand: in the sea before the crowded coast, else where few circles are.
NAMES: Mapping[str, tuple[int, int, str]] = {
    "MA-01": (536, 22, "end"),
    "MA-02": (752, 128, "middle"),
    "MA-03": (612, 170, "middle"),
    "MA-04": (500, 92, "end"),
    "MA-05": (556, 250, "middle"),
    "MA-06": (440, 142, "end"),
    "MA-07": (370, 236, "end"),
    "MA-08": (648, 346, "start"),
    "MA-09": (352, 330, "end"),
    "MA-10": (290, 420, "end"),
    "MA-11": (432, 560, "start"),
    "MA-12": (250, 740, "start"),
}


@dataclass(frozen=True, slots=True)
class Map:
    """Regions in the order of their codes, provinces the largest circle first: none lies below."""

    shapes: Sequence[Shape]
    spots: Sequence[Spot]
    legend: Sequence[Shade]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def names(self) -> list[Name]:
        return [Name(one.name, *NAMES[one.code]) for one in self.shapes]

    @property
    def table(self) -> list[tuple[Shape, list[Spot]]]:
        """The same figures: each region, the largest first, with its provinces, likewise."""
        ordered = sorted(self.shapes, key=lambda shape: (-shape.count, shape.name))
        return [
            (shape, sorted((s for s in self.spots if s.region == shape.code), key=_most_first))
            for shape in ordered
        ]


def draw(by_region: Mapping[str, int], by_province: Mapping[str, int], link: Link) -> Map:
    """{code: count} of the regions and of the provinces, as a map in the reader's language."""
    classes = _classes([by_region.get(code, 0) for code in outlines()])
    shapes = [
        Shape(
            code=code,
            name=regions()[code].name,
            count=by_region.get(code, 0),
            url=link("region", code),
            path=path,
            shade=bisect_left([high for _low, high in classes], by_region.get(code, 0)) + 1,
        )
        for code, path in outlines().items()
        if code in regions()
    ]
    return Map(
        shapes=shapes,
        spots=_spots(by_province, link),
        legend=[Shade(place, low, high) for place, (low, high) in enumerate(classes, start=1)],
    )


def _spots(counts: Mapping[str, int], link: Link) -> list[Spot]:
    most = max(counts.values(), default=0) or 1
    spots = []
    for row in reference.provinces():
        named = provinces().get(row.code)
        if named is None:
            continue
        count = counts.get(row.code, 0)
        x, y = point(*row.label)
        radius = max(LARGEST * sqrt(count / most), SMALLEST)
        spots.append(
            Spot(
                code=row.code,
                name=named.name,
                region=row.region_code,
                count=count,
                url=link("province", row.code),
                x=round(x),
                y=round(y),
                radius=round(radius, 1),
            )
        )
    return sorted(spots, key=_most_first)


def _most_first(spot: Spot) -> tuple[int, str]:
    return -spot.count, spot.name


def _classes(counts: Sequence[int]) -> list[tuple[int, int]]:
    """(least, most) of up to five classes with about as many regions each; equal counts stay
    together."""
    ordered = sorted(counts)
    found: list[tuple[int, int]] = []
    for place, count in enumerate(ordered):
        full = place * SHADES // len(ordered) >= len(found)
        if full and (not found or count > found[-1][1]):
            found.append((count, count))
        else:
            found[-1] = (found[-1][0], count)
    return found


def point(longitude: float, latitude: float) -> Point:
    """Where a place lies on the drawing."""
    mercator = degrees(asinh(tan(radians(latitude))))
    return (longitude + WEST) * SCALE, (NORTH - mercator) * SCALE


@cache
def outlines(grid: int = 1) -> dict[str, str]:
    """{code of a region: path}. Points are moved to a grid of so many units, which neighbours
    share, so that no gaps open between them."""
    return {code: _path(rings, grid) for code, rings in rings_of_regions().items()}


@cache
def rings_of_regions() -> dict[str, list[list[Point]]]:
    """The outlines as they stand in the file: closed rings of points."""
    text = resources.files("taawon.places").joinpath("data", "regions-map.svg").read_text()
    return {
        code: [
            [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", ring)]
            for ring in path.split("Z")
            if ring
        ]
        for code, path in re.findall(r'<path id="(MA-\d\d)" d="([^"]+)"', text)
    }


def _path(rings: Sequence[Sequence[Point]], grid: int) -> str:
    return "".join(_ring([(round(x / grid), round(y / grid)) for x, y in ring]) for ring in rings)


def _ring(points: Sequence[tuple[int, int]]) -> str:
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(points)]
    drawn = "".join(f"l{x} {y}" for x, y in steps if (x, y) != (0, 0))
    return f"M{points[0][0]} {points[0][1]}{drawn}z"
