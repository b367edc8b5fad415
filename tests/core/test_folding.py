from __future__ import annotations

import pytest

from taawon.core.folding import folded


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("El Kelâa Des-Sraghna", "el kelaa des sraghna"),
        ("Nº d'immatriculation", "no d immatriculation"),
        ("تَعاوُنيّةُ الأَمَلِ", "تعاونيه الامل"),
        ("أڭادير", "اكادير"),
        ("تـــعـــاون ١٢", "تعاون 12"),
        ("  CŒUR\t", "coeur"),
        ("", ""),
    ],
)
def test_names_are_made_comparable(written: str, plain: str) -> None:
    assert folded(written) == plain
