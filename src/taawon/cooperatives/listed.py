"""Values of a closed list, by the words that people use for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from taawon.cooperatives.branches import fields as branches
from taawon.cooperatives.cells import Unreadable
from taawon.cooperatives.matching import data
from taawon.core.folding import folded


class Words:
    """A closed list of values, by the words that people use for each."""

    def __init__(self, words: Mapping[str, Sequence[str]], known: Any) -> None:
        self._values: dict[str, str] = {
            folded(word): str(value)
            for value in known
            for word in (value, value.replace("-", " "), *words.get(value, ()))
        }
        self._find = lru_cache(maxsize=5_000)(self._look_up)

    def has(self, text: str) -> bool:
        """Whether it is one of the words, and not only like one."""
        return folded(text[:200]) in self._values

    def find(self, text: str, code: str) -> str:
        value = self._find(text[:200])
        if value is None:
            raise Unreadable(code)
        return value

    def _look_up(self, text: str) -> str | None:
        plain = folded(text)
        if plain in self._values:
            return self._values[plain]
        near = process.extract(
            plain, self._values.keys(), scorer=fuzz.ratio, score_cutoff=86, limit=6
        )
        meant = {self._values[word] for word, _score, _place in near}
        return meant.pop() if len(meant) == 1 and len(plain) > 3 else None


def sector_words() -> dict[str, list[str]]:
    """Of each field of activity: its names in every language, and other words for it."""
    more = data()["sectors"]
    return {
        code: [*(str(name) for _column, name in one.names if name), *more.get(code, ())]
        for code, one in branches().items()
    }
