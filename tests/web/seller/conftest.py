from __future__ import annotations

import pytest

from tests.web.seller.build import Stand, stand


@pytest.fixture
def shop(db: None) -> Stand:
    """The person's own shop, run by its president."""
    return stand()


@pytest.fixture
def other(db: None) -> Stand:
    """Somebody else's shop."""
    return stand()
