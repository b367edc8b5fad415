"""Lines of tests: gateways that answer what they are told to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from taawon.messaging.gateways import Accepted, Answer, Gateway, Outbound, routes


class Told(Gateway):
    """Answers by a function; remembers what it was given."""

    def __init__(self, name: str, answer: Callable[[Outbound], Answer], *, keyed: bool) -> None:
        super().__init__(name)
        self.answer, self.keyed = answer, keyed
        self.carried: list[str] = []

    def send(self, message: Outbound) -> Answer:
        self.carried.append(message.key)
        return self.answer(message)


def told(
    monkeypatch: pytest.MonkeyPatch,
    *names: str,
    answer: Answer | None = None,
    keyed: bool = False,
) -> dict[str, Told]:
    """The lines of these names, all of which take everything until `answer` is changed."""
    said = answer or Accepted()
    lines = {name: Told(name, lambda _message: said, keyed=keyed) for name in names}
    monkeypatch.setattr(routes, "gateway", lambda name: lines[name])
    monkeypatch.setattr(routes, "carried_here", lambda: list(names))
    return lines
