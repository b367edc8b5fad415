from __future__ import annotations

import re

import pytest

from taawon.places import reference
from taawon.web.market import map as maps
from tests.factories import ProvinceFactory, RegionFactory


def inside(point: maps.Point, rings: list[list[maps.Point]]) -> bool:
    x, y = point
    crossings = sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    return crossings % 2 == 1


def test_every_province_lies_in_its_region() -> None:
    rings = maps.rings_of_regions()
    home = {
        row.code: [code for code in rings if inside(maps.point(*row.label), rings[code])]
        for row in reference.provinces()
    }
    assert len(home) == 75
    assert home == {row.code: [row.region_code] for row in reference.provinces()}


def test_the_country_fills_the_drawing() -> None:
    points = [point for rings in maps.rings_of_regions().values() for point in rings[0]]
    # Its outermost points, in degrees: the cape in the west, the plain in the east, the strait.
    assert maps.point(-17.1015, 35.92)[0] == pytest.approx(min(x for x, _y in points), abs=1)
    assert maps.point(-0.9984, 35.92) == pytest.approx((max(x for x, _y in points), 0), abs=1)
    assert maps.point(0, 20.77)[1] == pytest.approx(max(y for _x, y in points), abs=2)


def drawn(path: str) -> list[tuple[int, int]]:
    x = y = 0
    points = []
    for letter, dx, dy in re.findall(r"([Ml])(-?\d+) (-?\d+)", path):
        x, y = (int(dx), int(dy)) if letter == "M" else (x + int(dx), y + int(dy))
        points.append((x, y))
    return points


@pytest.mark.parametrize("grid", [1, 5])
def test_a_path_goes_through_the_points_of_the_file(grid: int) -> None:
    paths, rings = maps.outlines(grid), maps.rings_of_regions()
    assert sorted(paths) == [f"MA-{n:02}" for n in range(1, 13)]
    for code, path in paths.items():
        assert path.endswith("z")
        [ring] = rings[code]
        assert {*drawn(path)} == {(round(x / grid), round(y / grid)) for x, y in ring}


@pytest.mark.parametrize(
    ("counts", "classes"),
    [
        ([0] * 12, [(0, 0)]),
        ([5] * 6 + [9] * 6, [(5, 5), (9, 9)]),
        (list(range(1, 13)), [(1, 3), (4, 5), (6, 8), (9, 10), (11, 12)]),
        ([7, 1, 1], [(1, 1), (7, 7)]),
    ],
)
def test_classes_of_the_legend(counts: list[int], classes: list[tuple[int, int]]) -> None:
    assert maps._classes(counts) == classes


@pytest.mark.django_db
def test_what_is_drawn() -> None:
    souss = RegionFactory()
    ProvinceFactory()
    ProvinceFactory(code="MA-TAR", name_fr="Taroudannt", region=souss)

    found = maps.draw(
        {"MA-09": 5}, {"MA-TIZ": 1, "MA-TAR": 4}, lambda facet, code: f"?{facet}={code}"
    )

    [shape] = found.shapes
    assert (shape.name, shape.count, shape.url) == ("Souss-Massa", 5, "?region=MA-09")
    assert (shape.shade, [(one.low, one.high) for one in found.legend]) == (2, [(0, 0), (5, 5)])
    assert [(one.name, one.count, one.url, one.radius) for one in found.spots] == [
        ("Taroudannt", 4, "?province=MA-TAR", 19.0),
        ("Tiznit", 1, "?province=MA-TIZ", 9.5),
    ]
    assert found.table == [(shape, list(found.spots))]
