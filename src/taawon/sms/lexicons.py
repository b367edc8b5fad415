"""The lexicon with the words that were taught and approved, kept for a minute."""

from __future__ import annotations

from taawon.conversations import queries
from taawon.core.memory import kept
from taawon.sms.language import lexicon
from taawon.sms.language.lexicon import Lexicon


def current() -> Lexicon:
    return _with(tuple(kept("sms.taught", 60, queries.taught)))


_built: dict[tuple[tuple[str, str, str], ...], Lexicon] = {}


def _with(taught: tuple[tuple[str, str, str], ...]) -> Lexicon:
    if not taught:
        return lexicon.standard()
    if taught not in _built:
        _built.clear()
        _built[taught] = lexicon.with_taught(taught)
    return _built[taught]
