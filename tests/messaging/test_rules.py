from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taawon.messaging.rules import is_gsm, parts, plain, room, segments


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


GSM = "abcé€[]{}^|\n"
WIDE = "قبول ⵢⴰⵀ êç 😀🌿 a"


@given(
    st.text(st.one_of(st.sampled_from(GSM), st.sampled_from(WIDE), st.characters()), max_size=700)
)
def test_parts_are_the_text_and_each_fits(text):
    """3GPP TS 23.040: 160 and 153 places, 70 and 67 units of UTF-16; no sign is cut."""
    found = parts(text)
    assert "".join(found) == text
    assert len(found) == segments(text)
    gsm = is_gsm(text)
    most = (160, 153) if gsm else (70, 67)
    for part in found:
        units = len(part) + sum(part.count(sign) for sign in "^{}\\[~]|€")
        width = units if gsm else len(part.encode("utf-16-le", "surrogatepass")) // 2
        assert width <= most[len(found) > 1]


@given(st.text(max_size=400))
def test_folding_never_makes_a_text_dearer(text):
    assert segments(plain(text)) <= segments(text) or is_gsm(plain(text))
    assert plain(plain(text)) == plain(text)
