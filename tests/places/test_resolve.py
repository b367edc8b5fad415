from __future__ import annotations

import pytest

from taawon.places import reference
from taawon.places.models import Commune
from taawon.places.resolve import Doubt, Found, Resolver, resolver
from tests.factories import ProvinceFactory


@pytest.fixture(scope="module")
def country() -> Resolver:
    """The published places alone."""
    return Resolver(
        {row.code: [row.name_fr, row.name_ar] for row in reference.regions()},
        {
            row.code: (row.region_code, [row.name_fr, row.name_ar, *row.aliases])
            for row in reference.provinces()
        },
        {
            row.code: (row.province_code, [row.name_fr, row.name_ar, *row.aliases])
            for row in reference.communes()
        },
    )


@pytest.mark.parametrize(
    ("region", "province", "commune", "found"),
    [
        ("", "Tiznit", "", ("MA-09", "MA-TIZ", "")),
        ("", "PROVINCE DE TIZNIT", "Commune de Tafraout", ("MA-09", "MA-TIZ", "09.581.01.05")),
        ("جهة سوس ماسة", "إقليم تيزنيت", "تافراوت", ("MA-09", "MA-TIZ", "09.581.01.05")),
        ("", "الصويره", "", ("MA-07", "MA-ESI", "")),
        ("", "فكيك", "", ("MA-02", "MA-FIG", "")),
        ("", "MA-TIZ", "09.581.01.05", ("MA-09", "MA-TIZ", "09.581.01.05")),
        ("", "", "Sidi Bibi", ("MA-09", "MA-CHT", "09.163.01.27")),
        # What the province says is enough.
        ("???", "Tiznit", "", ("MA-09", "MA-TIZ", "")),
        ("", "", "", ("", "", "")),
    ],
)
def test_names_become_codes(
    country: Resolver, region: str, province: str, commune: str, found: tuple[str, str, str]
) -> None:
    assert country.find(region, province, commune) == Found(*found)


@pytest.mark.parametrize(
    ("province", "commune", "guess"),
    [
        ("tiznitt", "", ("province", "tiznitt", "MA-TIZ")),
        ("Azilall", "", ("province", "Azilall", "MA-AZI")),
        ("أزيلالل", "", ("province", "أزيلالل", "MA-AZI")),
        ("Tiznit", "Tafraoutt", ("commune", "Tafraoutt", "09.581.01.05")),
        ("", "Sidi Bibbi", ("commune", "Sidi Bibbi", "09.163.01.27")),
    ],
)
def test_what_is_like_a_name_is_a_guess(
    country: Resolver, province: str, commune: str, guess: tuple[str, str, str]
) -> None:
    found = country.find("", province, commune)
    which, written, code = guess
    assert found.guesses == (Doubt(which, "read-as", written, (code,)),)
    assert (found.doubts, code in (found.province, found.commune)) == ((), True)


def test_a_town_is_a_province_or_a_commune(country: Resolver) -> None:
    towns = ("Tiznit", "تيزنيت", "Tafraout", "Atlantide", "Tiznitt")
    assert [country.is_town(town) for town in towns] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("region", "province", "commune", "doubt"),
    [
        ("", "Xyz", "", Doubt("province", "unknown-place", "Xyz")),
        (
            "",
            "Essawira",
            "",
            Doubt("province", "ambiguous-place", "Essawira", ("MA-ESI", "MA-ESM")),
        ),
        ("Oriental", "Tiznit", "", Doubt("region", "elsewhere", "Oriental", ("MA-09",))),
        ("", "Tiznit", "Agadir", Doubt("commune", "elsewhere", "Agadir", ("09.001.01.01",))),
    ],
)
def test_what_is_not_sure_is_said(
    country: Resolver, region: str, province: str, commune: str, doubt: Doubt
) -> None:
    assert country.find(region, province, commune).doubts == (doubt,)


def test_every_official_name_is_known(country: Resolver) -> None:
    provinces = [
        row.code
        for row in reference.provinces()
        for name in (row.name_fr, row.name_ar)
        if country.find("", name, "").province != row.code
    ]
    communes = [
        row.code
        for row in reference.communes()
        for name in (row.name_fr, row.name_ar)
        if country.find("", row.province_code, name).commune != row.code
    ]
    assert (provinces, communes) == ([], [])


def test_a_commune_whose_name_is_not_unique_names_the_candidates(country: Resolver) -> None:
    names = [row.name_fr for row in reference.communes()]
    twice = next(name for name in names if names.count(name) > 1)
    [doubt] = country.find("", "", twice).doubts
    assert doubt.code == "ambiguous-place"
    assert {row.code for row in reference.communes() if row.name_fr == twice} <= set(
        doubt.candidates
    )


@pytest.mark.django_db
def test_places_come_from_the_database(django_assert_num_queries: object) -> None:
    province = ProvinceFactory()
    Commune.objects.create(code="09.1", name_fr="Aglou", province=province, aliases="Aglu\nأكلو")
    found = resolver().find("Sous-Massa", "Tiznit", "أكلو")
    assert found == Found("MA-09", "MA-TIZ", "09.1")
