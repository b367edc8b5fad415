"""The outlines of the twelve regions, to be drawn: simplified, so nothing is located by them.

Whoever draws them shows CREDIT on the same page (their licence, ODbL, asks for it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

CREDIT = "© OpenStreetMap contributors"
_PATH = re.compile(r'<path id="(MA-\d\d)" d="([^"]+)"/>')
_VIEW = re.compile(r'viewBox="([^"]+)"')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# The middle of a bent region may be too near to its neighbour.
_MOVED = {"MA-02": (26.0, -12.0)}
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A region as the `d` of an SVG path; `x`, `y` is a point inside for a label."""

    code: str
    path: str
    x: float
    y: float


@cache
def view_box() -> str:
    found = _VIEW.search(_file())
    return found[1] if found else ""


@cache
def regions() -> dict[str, Outline]:
    """By code, all in the coordinates of `view_box`."""
    return {code: _outline(code, path) for code, path in _PATH.findall(_file())}


def _file() -> str:
    data = resources.files("taawon.places").joinpath("data", "regions-map.svg")
    return data.read_text(encoding="utf-8")


def _outline(code: str, path: str) -> Outline:
    rings = [_ring(part) for part in path.split("M") if part.strip()]
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    x, y = _centre(largest)
    right, down = _MOVED.get(code, (0.0, 0.0))
    return Outline(code, path, round(x + right, 1), round(y + down, 1))


def _ring(part: str) -> Ring:
    numbers = [float(number) for number in _NUMBER.findall(part)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [*points, points[0]]


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _centre(ring: Ring) -> tuple[float, float]:
    area = 6 * _area(ring)
    crossed = [(x1, y1, x2, y2, x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(ring)]
    return (
        sum((x1 + x2) * cross for x1, _, x2, _, cross in crossed) / area,
        sum((y1 + y2) * cross for _, y1, _, y2, cross in crossed) / area,
    )
