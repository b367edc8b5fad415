"""How far provinces lie from each other, from the middle of one to the middle of the other.

A cooperative is known to be in a province, not at a point: nothing here is more exact than that.
"""

from __future__ import annotations

from functools import cache
from math import asin, cos, radians, sin, sqrt

from taawon.places import reference

EARTH_KM = 6371.0


def between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres on the great circle between two (longitude, latitude) in degrees."""
    (east, north), (far_east, far_north) = (tuple(map(radians, point)) for point in (here, there))
    flat = cos(north) * cos(far_north) * sin((far_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(sin((far_north - north) / 2) ** 2 + flat, 1)))


@cache
def around(province_code: str) -> dict[str, int]:
    """{code: kilometres} of all provinces, the province itself first, then the nearest.

    Raises KeyError for a code that is none.
    """
    here = _middles()[province_code]
    far = {code: between(here, there) for code, there in _middles().items()}
    return {code: round(far[code]) for code in sorted(far, key=lambda code: (far[code], code))}


def nearest(longitude: float, latitude: float) -> str:
    """The code of the province whose middle is nearest to a point."""
    here = (longitude, latitude)
    return min(_middles(), key=lambda code: (between(here, _middles()[code]), code))


@cache
def _middles() -> dict[str, tuple[float, float]]:
    return {row.code: row.label for row in reference.provinces()}
