from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.backoffice.build import World, world


@pytest.fixture
def house(db: None) -> World:
    return world()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The pages speak somebody's language; the tests that follow speak theirs."""
    with translation.override(translation.get_language()):
        yield
