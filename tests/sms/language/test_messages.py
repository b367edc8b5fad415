"""What people write is understood, or asked; never taken for something else."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from taawon.sms.language import understand
from taawon.sms.language.lexicon import VOICES, entries, read, standard
from taawon.sms.language.normalise import normalise

FILE = Path(__file__).parent / "messages.txt"


def rows() -> list[tuple[str, str]]:
    lines = [line for line in FILE.read_text().splitlines() if line and line[0] != "#"]
    return [(text, meant) for text, _, meant in (line.partition(" => ") for line in lines)]


def said(text: str) -> str:
    """As the file writes it."""
    found = understand(text)
    if found.intent is None:
        return "?"
    facts = [f"{name}={str(fact).replace(' ', '_')}" for name, fact in found.args.items()]
    return " ".join([found.intent, *sorted(facts)])


def meant(written: str) -> str:
    intent, *facts = written.split()
    return " ".join([intent, *sorted(facts)])


@pytest.mark.parametrize(("text", "written"), rows())
def test_what_people_write(text: str, written: str) -> None:
    assert said(text) == meant(written)


def test_there_are_enough_of_them() -> None:
    assert len(rows()) >= 300
    asked = sum(written == "?" for _text, written in rows())
    assert asked * 5 >= len(rows())


ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


def mistyped(word: str, chance: random.Random) -> str:
    """One letter added, left out, changed, or swapped with its neighbour."""
    letters = ALPHABETS["\u0600" < word[0] < "\u06ff"]
    place = chance.randrange(len(word))
    match chance.randrange(4):
        case 0:
            return word[:place] + word[place + 1 :]
        case 1:
            return word[:place] + chance.choice(letters) + word[place:]
        case 2:
            return word[:place] + chance.choice(letters) + word[place + 1 :]
        case _:
            pair = word[place : place + 2][::-1]
            return word[:place] + pair + word[place + 2 :]


def test_one_wrong_letter_hardly_ever_does_something_else() -> None:
    """At most 2 in 1,000 of 10,000 texts with one wrong letter in a word of four and more."""
    chance = random.Random(112_12)  # noqa: S311 - a seed, so that every run is the same
    plain = [(text, meant(written)) for text, written in rows() if written != "?"]
    found: Counter[str] = Counter()
    wrong = []
    while found.total() < 10_000:
        text, right = chance.choice(plain)
        words = text.split()
        long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
        if not long or " reason=" in right:
            continue
        place = chance.choice(long)
        words[place] = mistyped(words[place], chance)
        heard = said(" ".join(words))
        # Help does nothing: it is a question too.
        asked = heard == "?" or heard.startswith("HELP")
        kind = "right" if heard == right else "asked" if asked else "wrong"
        found[kind] += 1
        if kind == "wrong":
            wrong.append((" ".join(words), right, heard))
    print(dict(found), *wrong[:40], sep="\n")
    assert found["wrong"] <= 20, wrong[:40]


@pytest.mark.parametrize("voice", VOICES)
def test_a_word_has_one_place_in_its_file(voice: str) -> None:
    places: dict[str, set[tuple[str, str]]] = {}
    for word, entry in entries(voice, read(voice)):
        places.setdefault(normalise(word), set()).add((entry.role, entry.value))
    assert {word: found for word, found in places.items() if len(found) > 1} == {}


def test_every_voice_has_every_verb() -> None:
    for voice in ("fr", "ar", "ary", "zgh"):
        content: Any = read(voice)
        assert set(content["commandes"]) == set(read("fr")["commandes"])
    assert standard().stops[("stop",)].value == "STOP"
