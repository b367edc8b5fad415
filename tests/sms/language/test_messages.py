"""What people write is understood, or asked; never taken for something else."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from taawon.sms.language import understand
from taawon.sms.language.lexicon import VOICES, entries, read, standard
from taawon.sms.language.normalise import normalise

FILE = Path(__file__).parent / "messages.txt"


@dataclass(frozen=True)
class Row:
    """A line of the file: of which voice, written wrong or well, and what is meant."""

    voice: str
    kind: str
    wrong: bool
    text: str
    meant: str

    @property
    def asked(self) -> bool:
        return self.meant == "?"


@cache
def rows() -> tuple[Row, ...]:
    found, voice, kind = [], "", ""
    for line in FILE.read_text().splitlines():
        if line.startswith("## "):
            voice, kind = line.removeprefix("## "), ""
        elif line.startswith("### "):
            kind = line.partition(": ")[2]
        elif line and line[0] != "#":
            text, _, meaning = line.removeprefix("~ ").partition(" => ")
            found.append(Row(voice, kind, line[0] == "~", text, meaning))
    return tuple(found)


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


@pytest.mark.parametrize(("text", "written"), [(row.text, row.meant) for row in rows()])
def test_what_people_write(text: str, written: str) -> None:
    assert said(text) == meant(written)


def test_what_must_be_asked_is_a_question_and_never_a_deed() -> None:
    assert [row.text for row in rows() if row.asked and understand(row.text).intent] == []


@pytest.mark.parametrize("voice", ["fr", "ar", "ary"])
def test_there_are_enough_of_them(voice: str) -> None:
    """A third is written wrong, a fifth must be asked."""
    found = [row for row in rows() if row.voice == voice]
    assert len(found) >= 200
    assert sum(row.wrong for row in found) * 3 >= len(found)
    assert sum(row.asked for row in found) * 5 >= len(found)
    assert len({row.text for row in found}) == len(found)


def test_how_many_of_each_kind() -> None:
    """As the headings of the file and its signs say; whoever adds a line counts again."""
    languages = ("fr", "ar", "ary")
    of_voice = Counter(row.voice for row in rows())
    assert {voice: of_voice[voice] for voice in languages} == COUNTED["messages"]
    for name, counts in (("written wrong", "wrong"), ("asked", "asked")):
        found = Counter(row.voice for row in rows() if getattr(row, counts))
        assert {voice: found[voice] for voice in languages} == COUNTED[name]
    kinds = Counter(row.kind for row in rows())
    assert {kind: kinds[kind] for kind in KINDS} == KINDS


COUNTED = {
    "messages": {"fr": 318, "ar": 269, "ary": 263},
    "written wrong": {"fr": 106, "ar": 91, "ary": 89},
    "asked": {"fr": 113, "ar": 86, "ary": 79},
}
KINDS = {
    "doutes, négations, conditions, questions": 150,
    "deux verbes": 13,
    "politesse et mots autour": 46,
    "jamais par SMS": 22,
    "mal écrits": 222,
}
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
    plain = [(row.text, meant(row.meant)) for row in rows() if not row.asked and not row.wrong]
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
        # Help, and what is never done by text, do nothing: they are questions too.
        asked = heard == "?" or heard.startswith(("HELP", "NEVER"))
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


NO_COMMANDS = FILE.with_name("no_commands.txt").read_text().splitlines()


@pytest.mark.parametrize("text", [line for line in NO_COMMANDS if line[:1] != "#"])
def test_what_only_looks_like_a_command_is_asked(text: str) -> None:
    assert understand(text).intent in (None, "HELP", "AGENT", "NEVER")
