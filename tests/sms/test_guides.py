"""What hangs on the wall is true: each text is understood so, and answered in these words."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from django.conf import settings

from taawon.sms import says
from tests.sms.language.test_messages import meant, said
from tools import guides

CONTENT: dict[str, Any] = tomllib.loads((guides.SHEETS / "guide.toml").read_text())
ROWS = [(language, row) for language in guides.LANGUAGES for row in CONTENT[language]]
WRITTEN = [
    (text, understood)
    for _language, row in ROWS
    for text, understood in zip(row["write"], row["understood"], strict=True)
]


@pytest.mark.parametrize(("text", "understood"), WRITTEN)
def test_a_text_is_understood_as_the_guide_says(text, understood):
    assert said(text) == meant(understood)


@pytest.mark.parametrize(("language", "row"), ROWS)
def test_it_is_answered_in_the_words_of_the_guide(language, row):
    assert says.say(row["sentence"], language, **row["facts"]) == row["answer"]
    assert len(row["does"]) == len(row["write"])


def test_both_teach_the_same():
    french, arabic = ([row["understood"] for row in CONTENT[name]] for name in guides.LANGUAGES)
    bare = [[[one.split()[0] for one in row] for row in rows] for rows in (french, arabic)]
    assert bare[0] == bare[1]


def test_the_number_is_that_of_the_line():
    assert CONTENT["line"] == settings.SHORT_CODE


@pytest.mark.parametrize("language", guides.LANGUAGES)
def test_one_page_and_up_to_date(language):
    assert len(guides.pages(language)) == 1
    printed = guides.target(language).read_bytes()
    assert printed == guides.pdf(language), "run make guides"
    assert len(printed) < 100_000
