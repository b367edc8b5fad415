from __future__ import annotations

from math import pi

import pytest

from taawon.places import distance, reference


def test_on_the_great_circle() -> None:
    assert distance.between((0, 0), (0, 0)) == 0
    assert distance.between((0, 0), (90, 0)) == pytest.approx(distance.EARTH_KM * pi / 2)
    assert distance.between((0, -90), (0, 90)) == pytest.approx(distance.EARTH_KM * pi)
    # Casablanca and Rabat lie 87 km apart.
    assert distance.between((-7.589, 33.573), (-6.849, 34.021)) == pytest.approx(85, abs=3)
    there_and_back = (
        distance.between((-9.6, 30.4), (-5, 34)),
        distance.between((-5, 34), (-9.6, 30.4)),
    )
    assert there_and_back[0] == pytest.approx(there_and_back[1])


def test_around_a_province() -> None:
    around = distance.around("MA-TIZ")
    assert len(around) == 75
    assert list(around)[0] == "MA-TIZ"
    assert around["MA-TIZ"] == 0
    assert list(around.values()) == sorted(around.values())
    # Neighbours before Tangier, and Dakhla's province farther than Casablanca.
    order = list(around)
    assert order.index("MA-CHT") < order.index("MA-CAS") < order.index("MA-TNG")
    assert around["MA-OUD"] > around["MA-CAS"]


def test_a_code_that_is_none() -> None:
    with pytest.raises(KeyError):
        distance.around("MA-XYZ")


def test_the_middle_of_a_province_is_nearest_to_itself() -> None:
    assert {row.code: distance.nearest(*row.label) for row in reference.provinces()} == {
        row.code: row.code for row in reference.provinces()
    }
    assert distance.nearest(2.35, 48.85) == "MA-MDF"  # From abroad, too.
