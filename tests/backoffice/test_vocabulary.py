"""Words to teach: proposed with one click, reviewed by somebody else, taken back."""

from __future__ import annotations

import pytest

from taawon.backoffice.vocabulary import teachable, without_phones
from taawon.conversations import queries
from taawon.conversations.models import TaughtWord, Unclear
from tests.backoffice.build import levels, lines
from tests.factories import PersonFactory

LIST = "/backoffice/vocabulary/"


@pytest.fixture
def editor(house):
    return house.browser("editor")


def teach(browser, house, **facts):
    chosen = {"word": "kbaltha", "intent": "ACCEPT", "voice": "ary"} | facts
    return browser.post(f"{LIST}texts/{house.unclear.pk}/teach/", chosen)


def test_words_that_the_line_does_not_know(db):
    assert teachable("kbaltha 47") == ["kbaltha"]
    assert teachable("salam, oui stop 9belt x 2026") == []
    assert teachable("تكاضيت الطلب") == ["تكاضيت"]
    assert without_phones("kbaltha 06 12 34 56 78 ok 47") == "kbaltha … ok 47"


def test_one_click_proposes(house, editor):
    [row] = editor.get(LIST).context["texts"]
    assert (row["one"], row["text"]) == (house.unclear, "kbaltha 47")
    assert row["form"]["voice"].value() == "ary"

    answer = teach(editor, house)

    assert (answer["Location"], levels(answer)) == (LIST, ["success"])
    word = TaughtWord.objects.get(word="kbaltha")
    assert (word.intent, word.voice, word.state) == ("ACCEPT", "ary", "proposed")
    assert editor.get(LIST).context["texts"] == []
    assert queries.taught() == []
    assert lines() == [("word-proposed", "staff", house.people["editor"].pk)]


@pytest.mark.parametrize(
    "facts", [{"word": "other"}, {"intent": "STOP_ALL"}, {"intent": ""}, {"voice": "de"}]
)
def test_nothing_else_is_proposed(house, editor, facts):
    assert levels(teach(editor, house, **facts)) == ["warning"]
    assert TaughtWord.objects.count() == 1
    assert editor.post(f"{LIST}texts/987654/teach/").status_code == 404


def test_a_word_that_is_taken(house, editor):
    TaughtWord.objects.create(word="kbaltha", intent="SHIP", voice="ary")
    assert levels(teach(editor, house)) == ["warning"]
    assert queries.unclear().count() == 1


def test_somebody_else_reviews(house, editor):
    teach(editor, house)
    word = TaughtWord.objects.get(word="kbaltha")
    rows = editor.get(f"{LIST}?show=review").context["rows"]
    assert [(row["word"], row["own"], row["text"]) for row in rows] == [
        (house.word, False, ""),
        (word, True, "kbaltha 47"),
    ]

    assert levels(editor.post(f"{LIST}{word.pk}/approve/"))[-1] == "warning"
    assert queries.taught() == []
    answer = house.browser("agent").post(f"{LIST}{word.pk}/approve/")

    assert (answer["Location"], levels(answer)) == (f"{LIST}?show=review", ["success"])
    assert queries.taught() == [("kbaltha", "ACCEPT", "ary")]
    [decided] = editor.get(f"{LIST}?show=decided").context["rows"]
    assert (decided["proposer"], decided["decider"], decided["counts"]) == (
        house.people["editor"].name,
        house.people["agent"].name,
        True,
    )


def test_refused_and_taken_back(house, editor):
    editor.post(f"{LIST}{house.word.pk}/refuse/")
    again = TaughtWord.objects.create(
        word="sifto", intent="SHIP", voice="ary", proposed_by=PersonFactory()
    )
    editor.post(f"{LIST}{again.pk}/approve/")
    assert queries.taught() == [("sifto", "SHIP", "ary")]

    answer = editor.post(f"{LIST}{again.pk}/withdraw/")

    assert (answer["Location"], levels(answer)[-1]) == (f"{LIST}?show=decided", "success")
    assert queries.taught() == []
    assert [name for name, *_ in lines()] == ["word-refused", "word-approved", "word-withdrawn"]


def test_a_text_is_put_aside(house, editor):
    path = f"{LIST}texts/{house.unclear.pk}/put-aside/"
    assert levels(editor.post(path)) == ["success"]
    assert Unclear.objects.get().settled_at is not None
    assert editor.post(f"{LIST}texts/987654/put-aside/").status_code == 404


def test_a_text_without_a_new_word(house, editor):
    Unclear.objects.update(text="47 47")
    [row] = editor.get(LIST).context["texts"]
    assert row["form"] is None
