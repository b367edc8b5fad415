from __future__ import annotations

import tomllib

import pytest

from taawon.search.analysis import fold, thesaurus


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("miel", "honey"),
        ("3sel", "honey"),
        ("عسل", "honey"),
        ("العسل", "honey"),
        ("ⵜⴰⵎⵎⵏⵜ", "honey"),
        ("honeys", "honey"),
        ("l3sel", "honey"),
        ("9ftan", "caftan"),
        ("kouskous", "couscous"),
        ("ⵙⴽⵙⵓ", "couscous"),
    ],
)
def test_one_thing_in_the_words_of_five_languages(word: str, code: str) -> None:
    assert thesaurus.codes_of(fold(word)[0]) == (code,)


def test_a_word_of_its_own_is_no_thing() -> None:
    assert [thesaurus.codes_of(word) for word in ("sale", "tout", "essaouira", "1200")] == [()] * 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("zit l3oud", "olive_oil"),
        ("huile d’olive", "olive_oil"),
        ("huiles d'olives", "olive_oil"),
        ("زيت العود", "olive_oil"),
        ("lma d lward", "rose_water"),
        ("savon beldi", "black_soap"),
        ("figues de Barbarie", "prickly_pear"),
    ],
)
def test_a_phrase_is_one_thing(text: str, code: str) -> None:
    words = thesaurus.meaning(fold(text))
    assert list(thesaurus.phrases_in(words)) == [(0, 2, (code,))]


def test_an_unfinished_word() -> None:
    assert thesaurus.codes_begun("3se") == ("honey",)
    assert thesaurus.codes_begun("3s") == ()


def test_words_that_say_nothing() -> None:
    assert thesaurus.meaning(["miel", "de", "thym"]) == ["miel", "thym"]
    assert thesaurus.meaning(["de", "la"]) == ["de", "la"]
    assert {"cooperative", "تعاونيه", "beldi"} <= thesaurus.weak_words()


def test_the_data_is_well_kept() -> None:
    groups = tomllib.loads(thesaurus._text("thesaurus.toml"))
    codes = [code for group in groups.values() for code in group]
    assert len(codes) == len(set(codes))
    for group in groups.values():
        for code, words in group.items():
            assert set(words) <= set(thesaurus.LANGUAGES), code
            for language, line in words.items():
                spelled = [word.strip() for word in line.split("/")]
                assert all(spelled), (code, language)
                assert len(spelled) == len(set(spelled)), (code, language)


def test_how_a_thing_is_shown() -> None:
    assert thesaurus.shown(["honey"]) == ["miel", "عسل", "honey"]
