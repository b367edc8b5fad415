from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.campaigns import words
from taawon.campaigns.errors import NotForCustomers, TooManySegments, UnknownField
from taawon.campaigns.models import Campaign
from taawon.messaging.rules import segments
from taawon.sms.language import understand


def test_every_text_says_who_writes_and_how_to_stop_it():
    assert words.write("Atelier le 3 mars.", "fr", {}) == "Taawon: Atelier le 3 mars. STOP au 2255"
    assert words.write("ورشة يوم 3 مارس.", "ar", {}) == (
        "تعاون: ورشة يوم 3 مارس. للإيقاف: توقف إلى 2255"
    )
    assert words.write("Workshop.", "en", {}) == "Taawon: Workshop. STOP to 2255"


def test_fields_are_filled_and_leave_no_gap():
    body = "Bonjour {name}, pour {cooperative} ({region})."
    facts = {"name": "Fatima", "cooperative": "Tifaout", "region": "Souss-Massa"}
    assert words.write(body, "fr", facts).startswith(
        "Taawon: Bonjour Fatima, pour Tifaout (Souss-Massa)."
    )
    assert words.write("Bonjour {name}, venez.", "fr", {}).startswith("Taawon: Bonjour, venez.")


def test_a_name_in_braces_is_no_field():
    assert "Bonjour {region}." in words.write("Bonjour {name}.", "fr", {"name": "{region}"})


@given(name=st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r"), max_size=200))
def test_never_more_segments_than_planned(name):
    for language, body in (("fr", "Bonjour {name}, venez " + "x" * 90), ("ar", "سلام {name} تعال")):
        text = words.write(body, language, {"name": name})
        assert segments(text) <= words.planned(body, language)


def test_a_name_in_another_script_does_not_make_the_text_cost_twice():
    assert words.write("Bonjour {name}, venez.", "fr", {"name": "فاطمة"}).startswith(
        "Taawon: Bonjour, venez."
    )
    assert "Fatima" in words.write("سلام {name}", "ar", {"name": "Fatima"})


@pytest.mark.parametrize("body", ["Bonjour {nom}.", "Bonjour {", "Bonjour {0}.", "Bonjour {}."])
def test_other_braces_are_refused(body):
    with pytest.raises(UnknownField) as refused:
        words.check({"fr": body}, "members")
    assert "{name}, {cooperative}" in str(refused.value)


def test_customers_have_no_cooperative():
    with pytest.raises(NotForCustomers):
        words.check({"fr": "Pour {cooperative}"}, "everybody")


def test_a_text_has_three_segments_at_most():
    words.check({"fr": "x" * 430}, "members")
    with pytest.raises(TooManySegments):
        words.check({"fr": "x" * 450}, "members")
    with pytest.raises(TooManySegments):
        words.check({"ar": "س" * 190}, "members")


@pytest.mark.parametrize(
    ("reader", "texts", "chosen"),
    [
        ("fr", {"fr": "x", "ar": "y"}, "fr"),
        ("ar", {"fr": "x"}, ""),
        ("fr", {"ar": "y"}, ""),
        ("zgh", {"fr": "x", "ar": "y"}, "fr"),
        ("en", {"ar": "y"}, "ar"),
        ("en", {"en": "z", "fr": "x"}, "en"),
    ],
)
def test_the_language_of_a_reader(reader, texts, chosen):
    campaign = Campaign(**{f"text_{code}": text for code, text in texts.items()})
    assert words.language_of(campaign, reader) == chosen


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_the_way_to_stop_that_it_names_is_understood(language):
    """Word for word, as people copy it."""
    text = words.write("x.", language, {})
    said = text.split("x. ")[1].split(": ")[-1]
    assert understand(said).intent == "STOP", said
