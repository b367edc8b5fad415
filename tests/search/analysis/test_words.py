"""Plural, gender and what is attached: light, and never too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.search.analysis import arabic, fold, latin, sounds


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("huile huiles", "huil"),
        ("tapis", "tapi"),
        ("marocain marocaine marocains marocaines", "marocain"),
        ("traditionnel traditionnelle traditionnels traditionnelles", "traditionnel"),
        ("blanc blanche blanches", "blanc"),
        ("savoureux savoureuse savoureuses", "savoureu"),
        ("doux douce douces", "dou"),
        ("gâteau gâteaux", "gateau"),
        ("cheval chevaux", "cheval"),
        ("thé", "the"),
        ("riz", "riz"),
        ("noix", "noi"),
        ("noir noirs noire noires", "noir"),
        ("berry berries", "berry"),
    ],
)
def test_french_and_english_endings(words: str, stem: str) -> None:
    assert {latin.stem(word) for word in fold(words)} == {stem}


def test_what_is_another_thing_stays_another_thing() -> None:
    apart = [
        "miel mil",
        "sel selle3",
        "rose riz",
        "orge orange",
        "the thym",
        "noix noir",
        "lait laine",
    ]
    for pair in apart:
        one, other = fold(pair)
        assert latin.stem(one) != latin.stem(other), pair
    for one, other in (("زيت", "زيتون"), ("سمن", "سمك"), ("تمر", "ثمر"), ("صابون", "صابر")):
        assert arabic.stem(one) != arabic.stem(other)


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("العسل والعسل بالعسل عسل", "عسل"),
        ("تعاونية التعاونيات تعاونيات", "تعاون"),
        ("النسوية نسوي", "نسو"),
        ("زيتون الزيتون", "زيتون"),
        ("نساء النساء للنساء", "نسا"),
    ],
)
def test_arabic_attachments(words: str, stem: str) -> None:
    assert {arabic.stem(word) for word in fold(words)} == {stem}


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("l3oud", "3oud"),
        ("elward", "ward"),
        ("ennour", "nour"),
        ("zitoun", "zitoun"),
        ("lait", "lait"),
    ],
)
def test_the_article_of_darija(written: str, bare: str) -> None:
    assert latin.without_article(written) == bare


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("3sel عسل", "3sl"),
        ("argan أركان ⴰⵔⴳⴰⵏ", "'rkn"),
        ("tifaouine تيفاوين ⵜⵉⴼⴰⵡⵉⵏ", "tfn"),
        ("nour نور", "nur"),
        ("9ftan قفطان", "kftn"),
        ("nahda نهضة", "nhd"),
    ],
)
def test_one_word_in_two_scripts_has_one_sound(words: str, key: str) -> None:
    assert {sounds.across(word) for word in fold(words)} == {key}


@pytest.mark.parametrize(
    "words", ["kouskous couscous", "tifawin tifaouine", "tamunt tamount", "tament ⵜⴰⵎⵎⵏⵜ"]
)
def test_two_spellings_are_alike(words: str) -> None:
    one, other = fold(words)
    assert sounds.alike(one) == sounds.alike(other) != ""


@given(st.text(max_size=40))
def test_any_text_has_stems_and_sounds(text: str) -> None:
    for word in fold(text):
        stem = arabic.stem(word) if arabic.is_arabic(word) else latin.stem(word)
        assert stem
        assert latin.without_article(word)
        assert isinstance(sounds.across(word) + sounds.alike(word), str)
