"""What people type, and what they must find: the whole yardstick, on either database alike."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from taawon.search import readers
from tests.search.quality import load
from tests.search.quality.build import House, build
from tests.search.quality.load import Query

pytestmark = pytest.mark.django_db
AT_LEAST = 0.95
# Of all that is found for every question: both databases print the same. It changes with the words.
ANSWERS = "9354df46cad9364b"


@pytest.fixture
def house(tmp_path: Path, settings: Settings) -> Iterator[House]:
    settings.HOME = tmp_path
    readers.forget()
    yield build()
    readers.forget()


def test_people_find_what_they_mean(house: House) -> None:
    answers = {
        group: {row.q: house.ask(row.q, row.kind) for row in load.queries(group)}
        for group in load.GROUPS
    }
    missed = {
        group: [row.q for row in load.queries(group) if _is_missed(row, answers[group][row.q])]
        for group in load.GROUPS
    }

    assert [q for group in load.GROUPS for q in missed[group]] == _known_misses()
    assert [
        group
        for group in load.GROUPS
        if len(missed[group]) > (1 - AT_LEAST) * len(load.queries(group))
    ] == []
    assert hashlib.sha256(json.dumps(answers).encode()).hexdigest()[:16] == ANSWERS


def _is_missed(row: Query, found: list[str]) -> bool:
    return not set(row.first) <= set(found) or not set(row.never).isdisjoint(found)


def _known_misses() -> list[str]:
    text = Path(__file__).with_name("misses.toml").read_text(encoding="utf-8")
    return [miss["q"] for miss in tomllib.loads(text)["miss"]]
