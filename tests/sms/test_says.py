"""The replies of every voice: complete, and with the same facts."""

from __future__ import annotations

import string
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from taawon.core.money import Money
from taawon.messaging.rules import is_gsm, segments
from taawon.sms import commands, says
from taawon.sms.language import understand
from taawon.sms.language.understanding import CHANGING, INTENTS, RISKY, STOPS


def content(voice: str) -> dict:
    return tomllib.loads((files("taawon.sms") / "replies" / f"{voice}.toml").read_text())


SENTENCES = [name for name, text in content("fr").items() if isinstance(text, str)]


def facts(pattern: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize("voice", ["ar", "ary", "en"])
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


LONG = {
    "latin": {
        "name": "Coopérative féminine de l'arganier et du miel de thym de haute montagne",
        "best": "Miel de thym de haute montagne (128)",
        "lines": "2 miel de thym de haute montagne, 1 amlou aux amandes, 3 savon noir",
        "options": "1 accepter 1247, 2 refuser 1247",
        "numbers": "1247, 1248, 1249, 1250, 1251, 1252 +12",
    },
    "ar": {
        "name": "التعاونية النسوية للأركان وعسل الزعتر بالجبل العالي",
        "best": "عسل الزعتر بالجبل العالي (128)",
        "lines": "2 عسل الزعتر بالجبل العالي، 1 أملو باللوز، 3 صابون بلدي",
        "options": "1 قبول 1247، 2 رفض 1247",
        "numbers": "1247، 1248، 1249 +15",
    },
}
NUMBERS = {
    "order": 1247, "first": 1247, "product": 128, "quantity": 1200, "stock": 1200, "reserved": 1200,
    "orders": 128, "more": 28, "n": 4, "left": 2, "minutes": 15, "ticket": 12847, "code": "8315",
    "percent": "+118", "day": date(2026, 12, 25), "tracking": "AM123456789MA", "list": "-",
    "site": "https://taawon.ma", "none": "0", "next": 1247,
}  # fmt: skip
AMOUNTS = dict.fromkeys(("now", "was", "total", "sum", "amount", "price"), Money(1_284_050))


def worst(voice: str) -> dict:
    """As long as facts are in a large cooperative; names may give way."""
    names = LONG["ar" if voice == "ar" else "latin"]
    told = {**NUMBERS, **AMOUNTS, **{fact: says.Name(text) for fact, text in names.items()}}
    told["numbers"] = str(told["numbers"])
    told["ship"] = f"18 ({told['numbers']})"
    told["reason"] = says.Name("Cette commande ne peut plus être changée. " * 5)
    told["state"] = max(content(voice)["states"].values(), key=len)
    told["verb"] = told["topic"] = max(content(voice)["verbs"].values(), key=len)
    whats = [name for name in content("fr") if name.startswith("what_") and name != "what_CHOOSE"]
    told["what"] = max((says.say(name, voice, **told) for name in whats), key=len)
    return told


@pytest.mark.parametrize("voice", ["fr", "ar", "ary", "en"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_fits_one_segment_with_long_facts(sentence, voice):
    text = says.say(sentence, voice, **worst(voice))
    assert segments(text) == 1, text
    told = {name: worst(voice)[name] for name in facts(content(voice)[sentence])}
    # Names alone give way: every number is there in full.
    whole = [
        fact
        for fact in told.values()
        if isinstance(fact, int | str) and type(fact) is not says.Name
    ]
    assert [fact for fact in whole if str(fact) not in text] == []


@pytest.mark.parametrize("voice", ["fr", "ar", "ary", "en"])
@pytest.mark.parametrize("sentence", [name for name in SENTENCES if "what_" not in name])
def test_an_answer_that_comes_back_does_nothing(sentence, voice):
    """A phone that forwards, a robot that echoes: at most a question, a code, or a call."""
    found = understand(says.say(sentence, voice, **worst(voice)))
    assert found.intent not in CHANGING - {"CANCEL", *RISKY}
    assert found.intent != "CANCEL" or found.args  # it names an order: nothing to take back there


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
