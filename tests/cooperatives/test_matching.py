from __future__ import annotations

import pytest

from taawon.cooperatives.matching import FIELDS, data, match


def found(*headings: str) -> dict[str, int]:
    return {one.field: one.column for one in match(headings)}


def test_a_register_in_french() -> None:
    assert found(
        "N°",
        "DENOMINATION",
        "Date d'immatriculation",
        "Tribunal",
        "Filière",
        "Région",
        "Province / Préfecture",
        "Commune",
        "Adresse",
        "Objet",
        "Capital (DH)",
        "Femmes",
        "Hommes",
        "Total adhérents",
        "Président(e)",
        "Tél.",
        "Observations",
    ) == {
        "registration_number": 0,
        "name": 1,
        "registered_on": 2,
        "court": 3,
        "sector": 4,
        "region": 5,
        "province": 6,
        "commune": 7,
        "address": 8,
        "purpose": 9,
        "capital": 10,
        "women": 11,
        "men": 12,
        "members": 13,
        "president": 14,
        "phone": 15,
    }


def test_a_register_in_arabic() -> None:
    headings = ("رقم التسجيل", "إسم التعاونية", "الإقليم", "الجماعة", "القطاع", "رقم الهاتف")
    assert found(*headings) == {
        "registration_number": 0,
        "name": 1,
        "province": 2,
        "commune": 3,
        "sector": 4,
        "phone": 5,
    }


def test_names_in_both_languages() -> None:
    assert found("Nom (fr)", "Nom (ar)", "Registration number") == {
        "name_fr": 0,
        "name_ar": 1,
        "registration_number": 2,
    }


def test_our_own_names_of_fields() -> None:
    assert found(*FIELDS) == {field: column for column, field in enumerate(FIELDS)}


@pytest.mark.parametrize(
    ("heading", "field", "confidence"),
    [
        ("Province", "province", 100),
        ("Provinces", "province", 94),
        ("Numero d immatriculatoin", "registration_number", 96),
    ],
)
def test_how_sure_it_is(heading: str, field: str, confidence: int) -> None:
    [one] = match([heading])
    assert (one.field, one.confidence) == (field, confidence)


@pytest.mark.parametrize("heading", ["", "Observations", "x", "1", "row", "problem"])
def test_what_is_not_guessed(heading: str) -> None:
    assert match([heading]) == []


def test_no_heading_means_two_fields() -> None:
    words = [word for field in data()["fields"].values() for word in field]
    assert len(words) == len(set(words))
    assert set(data()["fields"]) == set(FIELDS)
