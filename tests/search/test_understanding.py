from __future__ import annotations

import pytest

from taawon.search import follower
from taawon.search.query import Found, find
from tests.search.conftest import Notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(notes: Notes) -> Notes:
    notes.put(1, "Huile d'argan", "Essaouira")
    notes.put(2, "Huile d’olive", "Meknès")
    notes.put(3, "Miel de thym عسل الزعتر", "Azilal")
    notes.put(4, "Couscous d'orge", "Azilal")
    notes.put(5, "Coopérative Tifaouine تيفاوين", "Essaouira")
    follower.rebuild()
    return notes


def ask(words: str) -> Found:
    return find("note", words=words)


def test_a_typing_error_is_found_and_said(shelf: Notes) -> None:
    assert (ask("coucous").ids, ask("coucous").meant) == ((4,), "couscous")
    assert (ask("huile argam").ids, ask("huile argam").meant) == ((1,), "huile argan")
    assert ask("عسال").ids == (3,)


def test_short_words_and_numbers_are_not_corrected(shelf: Notes) -> None:
    assert ask("thi").meant == ""
    assert ask("2019").meant == ""


def test_what_is_known_is_not_corrected(shelf: Notes) -> None:
    assert [ask(words).meant for words in ("miel", "3sel", "tifawin", "azilal")] == [""] * 4


def test_other_words_are_told(shelf: Notes) -> None:
    assert ask("3sel").also == ("miel", "عسل", "honey")
    assert ask("miel").also == ("عسل", "honey")
    assert ask("azilal").also == ()


def test_other_scripts_and_spellings(shelf: Notes) -> None:
    for words in ("tifawin", "tifaouin", "تيفاوين", "ⵜⵉⴼⴰⵡⵉⵏ"):
        assert ask(words).ids == (5,), words


def test_weak_words_leave_nothing_out(shelf: Notes) -> None:
    assert ask("coopérative miel").ids == (3,)
    assert ask("miel 500").ids == (3,)
    assert ask("coopérative").ids == (5,)


def test_where_nothing_has_all_words_the_nearest_are_shown(shelf: Notes) -> None:
    found = ask("miel essaouira")
    assert found.loosely
    assert set(found.ids) == {1, 3, 5}
    assert not ask("miel azilal").loosely


def test_a_phrase_is_one_thing_or_all_its_words(shelf: Notes) -> None:
    assert ask("zit l3oud").ids == (2,)
    assert ask("زيت الزيتون").ids == (2,)


def test_only_words_that_say_nothing(shelf: Notes) -> None:
    assert ask("de la").ready
    assert ask("pour").count == 0


def test_places_and_makers_are_found_by_how_they_sound(notes: Notes) -> None:
    notes.put(1, "Coopérative Al Fath", proper="Meknès مكناس")
    notes.put(2, "Coopérative Al Fath", proper="Meknassa Acharqia مكناسة الشرقية")
    notes.put(3, "Coopérative Nour Al Houda", proper="Ouled Ghziyel أولاد اغزيل")
    follower.rebuild()
    assert ask("lfath meknas").ids == (1, 2)
    assert ask("noor elhouda awlad ghzyel").ids == (3,)


def test_a_long_number_is_the_number_of_something(notes: Notes) -> None:
    notes.put(1, "Tifaout", body="12345/2019")
    notes.put(2, "Argan", body="12346/2019")
    follower.rebuild()
    assert (ask("12345/2019").ids, ask("12346").ids, ask("tifaout 2020").ids) == ((1,), (2,), (1,))


def test_a_correction_that_fits_nothing_is_not_offered(shelf: Notes) -> None:
    assert (ask("argam").meant, ask("argam azilal").meant) == ("argan", "")
