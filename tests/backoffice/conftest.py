from __future__ import annotations

import pytest

from tests.backoffice.build import World, world


@pytest.fixture
def house(db: None) -> World:
    return world()
