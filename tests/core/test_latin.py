from __future__ import annotations

import pytest

from taawon.core.latin import latin
from taawon.core.text import slug


@pytest.mark.parametrize(
    ("arabic", "read"),
    [
        ("تعاونية نور الهدى للفلاحة", "cooperative nour al-hda llflaha"),
        ("التعاونية النسوية تيفاوت", "cooperative feminine tifaout"),
        ("أَرْكَان", "arkan"),
        ("وردة", "wrda"),
        ("يوسف", "yousf"),
        ("٢٠٢٤", "2024"),
        ("ⵜⵉⴼⴰⵡⵜ", "tifawt"),
        ("Miel de thym 2", "Miel de thym 2"),
        ("", ""),
    ],
)
def test_read_in_latin_letters(arabic: str, read: str) -> None:
    assert latin(arabic) == read


def test_an_address_of_any_arabic_letter_is_ascii() -> None:
    every = "".join(map(chr, range(0x0600, 0x0700)))
    assert slug(every).isascii()
    assert slug(every) != "x"
