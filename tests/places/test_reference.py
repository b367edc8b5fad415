"""The published figures and names, exactly."""

from __future__ import annotations

from collections import Counter

from taawon.places import reference


def test_twelve_regions_with_one_reliable_tifinagh_name() -> None:
    regions = reference.regions()
    assert [row.code for row in regions] == [f"MA-{number:02d}" for number in range(1, 13)]
    assert [row.code for row in regions if row.name_zgh] == ["MA-07"]
    assert (regions[8].name_fr, regions[8].name_ar, regions[8].seat_fr) == (
        "Souss-Massa",
        "سوس-ماسة",
        "Agadir",
    )


def test_provinces_stand_in_their_regions() -> None:
    region_of = {row.code: row.region_code for row in reference.provinces()}
    assert len(region_of) == 75
    # Where a widely used list is wrong.
    assert (region_of["MA-NOU"], region_of["MA-CHT"]) == ("MA-06", "MA-09")
    assert set(region_of.values()) == {row.code for row in reference.regions()}


def test_every_commune_belongs_to_a_province() -> None:
    provinces = {row.code for row in reference.provinces()}
    communes = reference.communes()
    assert len(communes) == len({row.code for row in communes}) == 1503
    assert {row.province_code for row in communes} == provinces
    assert [row for row in communes if not (row.name_fr and row.name_ar)] == []


def test_figuig_is_known_by_both_spellings() -> None:
    province = next(row for row in reference.provinces() if row.code == "MA-FIG")
    commune = next(row for row in reference.communes() if row.code == "02.251.01.03")
    for row in (province, commune):
        assert (row.name_fr, row.name_ar) == ("Figuig", "فجيج")
        assert "فكيك" in row.aliases


def test_two_cooperatives_are_claimed_by_no_region() -> None:
    counts = Counter({row.region_code: row.cooperatives for row in reference.cooperatives_2019()})
    national = counts.pop("")
    assert (national, sum(counts.values()), len(counts)) == (27_262, 27_260, 12)
