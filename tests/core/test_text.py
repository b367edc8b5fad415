from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taawon.core.text import CODE_LETTERS, clean, random_code, slug


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
    assert slug("عسل") == "x"
    assert slug("Œufs frais") == "oeufs-frais"
