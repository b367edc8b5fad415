from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.search.analysis import LONGEST_WORD, fold


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Huile d'argan", ["huile", "argan"]),
        ("Huile d’ARGAN bio", ["huile", "argan", "bio"]),
        ("l’eau de rose qu'on aime", ["eau", "de", "rose", "on", "aime"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("Pâte d’amande à l’ancienne", ["pate", "amande", "a", "ancienne"]),
        ("Bœuf, NOËL & Cie.", ["boeuf", "noel", "cie"]),
        ("huile d'argan", ["huile", "argan"]),
        ("e\u0301te\u0301", ["ete"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("savon_noir-250g", ["savon", "noir", "250g"]),
        ("زَيْتُ الأَرْكـــان", ["زيت", "الاركان"]),
        ("أمل إمل آمل ٱمل", ["امل", "امل", "امل", "امل"]),
        ("قهوة مصطفى", ["قهوه", "مصطفي"]),
        ("ﻋﺴﻞ", ["عسل"]),
        ("٥٠٠ غ ۵۰۰ ５００", ["500", "غ", "500", "500"]),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵎⵏⵜ", ["ⵜⴰⵎⴰⵣⵉⵖⵜ", "ⵜⴰⵎⵏⵜ"]),
        ("x\u200by\u00adz", ["xyz"]),
        ("1½ ①", ["11", "2", "1"]),
        ("", []),
        ("  \x00 ؟،!'\"*:()[] ", []),
        ("\ud800miel", ["miel"]),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert fold(text) == words


def test_a_word_has_an_end() -> None:
    assert fold("a" * 10_000) == ["a" * LONGEST_WORD]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(" ".join(once)) == once
    assert all(word.strip() == word != "" for word in once)


@given(st.text(alphabet="aé'’l  \u00a0\u202f\u200c-,.\u0640\u0651عل9\n\t"))
def test_words_are_folded_alike_alone_and_beside_others(text: str) -> None:
    assert fold(text) == [word for part in text.split() for word in fold(f" {part} ")]
    assert fold(f"{text} {text}") == fold(text) * 2
