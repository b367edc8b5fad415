from __future__ import annotations

import pytest

from taawon.messaging.rules import plain, room, segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("é" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ê" + "a" * 69, 1),
        ("ê" + "a" * 70, 2),
        ("س" * 70, 1),
        ("س" * 71, 2),
        ("س" * 135, 3),
        ("🌿" * 35, 1),
        ("🌿" * 36, 2),
    ],
)
def test_segments(text, count):
    assert segments(text) == count


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("", (0, 160)),
        ("a" * 160, (160, 160)),
        ("a" * 161, (161, 306)),
        ("€" * 80, (160, 160)),
        ("س" * 70, (70, 70)),
        ("🌿" * 36, (72, 134)),
    ],
)
def test_room(text, taken):
    assert room(text) == taken


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Reçu : fenêtre, cœur «naïf»", 'Recu : fenetre, coeur "naif"'),
        ("L’été à Fès…", "L'été à Fès..."),
        ("120\u202fDH", "120 DH"),
        ("N°\u00a03 «\u00a0miel\u00a0»", 'No 3 "miel"'),
        ("e\u0301te\u0301", "été"),
        ("Tifaout تيفاوت – reçu", "Tifaout تيفاوت – reçu"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ’", "ⵜⴰⵎⴰⵣⵉⵖⵜ’"),
    ],
)
def test_plain(written, sent):
    assert plain(written) == sent
