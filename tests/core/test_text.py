from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.core.text import CODE_LETTERS, clean, random_code, slug, without_accounts


def test_what_lies_on_the_screen_is_taken_out():
    assert clean("  Ami\x00na \u202eevil\u2066  ") == "Amina evil"
    assert clean("one\r\n two\x07\rthree", lines=True) == "one\ntwo\nthree"
    assert clean("\ud800lone") == "lone"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(written):
    assert clean(clean(written)) == clean(written)
    assert "\x00" not in clean(written, lines=True)


def test_codes_can_be_read_aloud():
    code = random_code(200)
    assert len(code) == 200
    assert set(code) <= set(CODE_LETTERS)
    assert not set("01OIL") & set(CODE_LETTERS)


def test_slugs():
    assert slug("Huile d’argan, pressée à froid") == "huile-d-argan-pressee-a-froid"
    assert slug("عسل", "Honey") == "honey"
    assert slug("عسل") == "asl"
    assert slug("", "", "تعاونية الأركان تيزنيت") == "cooperative-al-arkan-tiznit"
    assert slug("★", "。") == "x"
    assert slug("Œufs frais") == "oeufs-frais"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("rib 230 780 1234567890123456 78 merci", "rib … merci"),
        ("٢٣٠٧٨٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨", "…"),
        ("4111-1111-1111-1111", "…"),
        (
            "exp 47 AM123456789MA au 00212 6 12 34 56 78",
            "exp 47 AM123456789MA au 00212 6 12 34 56 78",
        ),
        ("stock 3 12, prix 3 85,50", "stock 3 12, prix 3 85,50"),
    ],
)
def test_numbers_of_accounts_are_not_kept(written, kept):
    assert without_accounts(written) == kept
