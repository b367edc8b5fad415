"""The replies of every voice: complete, and with the same facts."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files

import pytest

from taawon.core.money import Money
from taawon.messaging.rules import is_gsm, segments
from taawon.sms import commands, says
from taawon.sms.language.understanding import INTENTS, STOPS


def content(voice: str) -> dict:
    return tomllib.loads((files("taawon.sms") / "replies" / f"{voice}.toml").read_text())


def facts(pattern: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize("voice", ["ar", "ary"])
def test_a_voice_says_all_that_french_says(voice):
    french, other = content("fr"), content(voice)
    assert set(other) == set(french)
    assert set(other["states"]) == set(french["states"])
    for name, pattern in french.items():
        if isinstance(pattern, str):
            assert facts(other[name]) <= facts(pattern), name


@pytest.mark.parametrize("voice", ["fr", "ary", "en"])
def test_latin_replies_cost_what_gsm_costs(voice):
    assert [
        text for text in content(voice).values() if isinstance(text, str) and not is_gsm(text)
    ] == []


def test_every_intent_has_a_command_and_a_help():
    for intent in INTENTS:
        assert commands.find(intent)
        assert intent == "HELP" or f"help_{intent}" in content("fr")
    for intent in STOPS:
        assert commands.find(intent)


def test_a_long_name_gives_way():
    name = says.Name("Coopérative agricole féminine de l'arganier et des plantes aromatiques " * 3)
    text = says.say("joined", "fr", name=name)
    assert segments(text) == 1
    assert text.startswith("Bienvenue! Coopérative agricole")
    assert text.endswith("est ouverte sur Taawon. Envoyez AIDE pour commencer.")


def test_amounts():
    text = says.say("sales_week", "fr", orders=19, sum=Money(284000), best=says.Name("miel (9)"))
    assert text == "7 jours: 19 ventes, 2 840 DH. Meilleur: miel (9)."
    assert "85,50 درهم" in says.say("price_same", "ar", product=3, name="x", now=Money(8550))
