from __future__ import annotations

from typing import Any

import pytest

from taawon.cooperatives.likeness import LIKELY, Entry, entry, keys, likeness, sound
from taawon.core.folding import folded

PHONE = frozenset({"+212612345678"})


def amal(*names: str, **more: Any) -> Entry:
    return Entry(names=names or ("Coopérative Tissaliwine",), **({"province": "MA-TIZ"} | more))


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Najah", "النجاح"),
        ("Ennajah", "النجاح"),
        ("Echchorouk", "الشروق"),
        ("Tamount", "تامونت"),
        ("Ouarzazate", "ورزازات"),
        ("Khadija", "خديجة"),
        ("Argan", "أركان"),
        ("Ghita", "غيثة"),
        ("Imane", "إيمان"),
        ("Zaytoun", "والزيتون"),
    ],
)
def test_both_scripts_sound_alike(latin: str, arabic: str) -> None:
    assert sound(folded(latin)) == sound(folded(arabic))


@pytest.mark.parametrize(
    ("a", "b", "score", "reasons"),
    [
        # The same words, and nothing else is known.
        (amal(), amal("COOP. TISSALIWINE"), 75, ["name", "province"]),
        (amal(), amal("Tissalwine"), 70, ["name", "province"]),
        (
            amal(commune="1"),
            amal("تعاونية تيساليوين", commune="1"),
            80,
            ["name", "province", "commune"],
        ),
        (amal(commune="1"), amal(commune="2"), 65, ["name", "province"]),
        # Names that say the same in two languages share neither word nor sound.
        (
            amal("Miel du Sud", commune="1", phones=PHONE, president="Rahma Aït Taleb"),
            amal("عسل الجنوب", commune="1", phones=PHONE, president="رحمة أيت طالب"),
            70,
            ["province", "commune", "phone", "president"],
        ),
        (amal(), amal(province="MA-TAR"), 35, ["name"]),
        (
            amal(phones=PHONE),
            amal(province="MA-TAR", phones=PHONE),
            90,
            ["name", "phone"],
        ),
        (amal(president="Rahma Tiwi"), amal(president="Ali Bouzid"), 65, ["name", "province"]),
        (amal("Tissaliwine 1"), amal("Tissaliwine 2"), 15, ["province"]),
        (amal("Tissaliwine"), amal("Afoulki"), 15, ["province"]),
        (amal(""), amal(""), 15, ["province"]),
    ],
)
def test_what_is_alike(a: Entry, b: Entry, score: int, reasons: list[str]) -> None:
    assert likeness(a, b) == (score, reasons)
    assert likeness(b, a) == (score, reasons)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (amal(), amal("تعاونية تيساليوين النسوية")),
        (amal("Al Amal"), amal("El Aamal")),
        (amal("X"), amal("تعاونية")),
    ],
)
def test_who_is_alike_shares_a_key(a: Entry, b: Entry) -> None:
    shared = keys(a) & keys(b)
    assert bool(shared) is (likeness(a, b)[0] >= LIKELY)


def test_keys_hold_the_name_to_its_province() -> None:
    assert keys(amal()) & keys(amal(province="MA-TAR")) == set()
    assert keys(amal(phones=PHONE)) & keys(amal(province="MA-TAR", phones=PHONE)) == {
        "phone:+212612345678"
    }


def test_an_entry_is_read_from_what_the_register_holds() -> None:
    read = entry(
        {
            "name_fr": "Afoulki",
            "name_ar": None,
            "province_id": "MA-TIZ",
            "commune_id": None,
            "phone": None,
            "phone_on_record": "+212612345678",
            "president": None,
        }
    )
    assert read == Entry(names=("Afoulki",), province="MA-TIZ", phones=PHONE)
