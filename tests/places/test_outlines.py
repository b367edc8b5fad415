from __future__ import annotations

from taawon.places import outlines
from taawon.places.reference import regions


def test_every_region_has_an_outline_and_a_place_for_its_label() -> None:
    found = outlines.regions()
    left, top, width, height = map(float, outlines.view_box().split())
    assert list(found) == sorted(region.code for region in regions())
    for outline in found.values():
        assert outline.path.startswith("M")
        assert outline.path.endswith("Z")
        assert left < outline.x < left + width
        assert top < outline.y < top + height
    assert (found["MA-09"].x, found["MA-09"].y) == (435.5, 355.3)


def test_whoever_drew_them_is_named() -> None:
    assert outlines.CREDIT == "© OpenStreetMap contributors"
