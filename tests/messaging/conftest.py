from __future__ import annotations

import pytest

from taawon.messaging import services


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is nudged: messages wait until the test sends them."""
    monkeypatch.setattr(services, "nudge", lambda: None)
