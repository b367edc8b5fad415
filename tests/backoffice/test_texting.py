from __future__ import annotations

import pytest
from django.utils import translation

from taawon.backoffice.texting import COMMANDS, STOPS, how_long
from taawon.sms.language import understanding


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, "less than a minute"),
        (60, "1 minute"),
        (7199, "119 minutes"),
        (7200, "2 hours"),
        (172799, "47 hours"),
        (172800, "2 days"),
    ],
)
def test_how_long_something_waits(seconds, said):
    with translation.override("en"):
        assert how_long(seconds) == said


def test_every_command_has_its_words():
    assert tuple(COMMANDS) == understanding.INTENTS
    assert tuple(STOPS) == understanding.STOPS
