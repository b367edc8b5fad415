"""Every alphabet through Debian's Kannel: what phones get, and in how many segments."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from taawon.messaging.gateways import Accepted, Outbound, wire
from taawon.messaging.gateways.kannel import KannelGateway
from taawon.messaging.rules import plain, segments
from tests.gateways.kannel import FakeCentre, Kannel, free_port

PATIENCE = 30.0
ARRIVE = {
    "Cmd 47 acceptée à 85,50 DH": "Cmd 47 acceptée à 85,50 DH",
    "Ça coûte 85 €, cœur d’œillet… «miel»": 'Ça coute 85 €, coeur d\'oeillet... "miel"',
    "{[~\\|^]} @£$ ÄÖÜ ñ Ø": "{[~\\|^]} @£$ ÄÖÜ ñ Ø",
    "تم قبول الطلب ٤٧. شكراً!": "تم قبول الطلب ٤٧. شكراً!",
    "ⵜⴰⵎⴰⵡⵙⵜ ⵏ ⵜⴰⵏⵓⵜ 47": "ⵜⴰⵎⴰⵡⵙⵜ ⵏ ⵜⴰⵏⵓⵜ 47",
    "Miel 🍯 ok 👍🏽": "Miel 🍯 ok 👍🏽",
    "talab 47 t9bel, 3afak": "talab 47 t9bel, 3afak",
}


def boundaries() -> list[str]:
    """Two hundred texts around every length at which one more segment is needed."""
    texts = []
    for size in (159, 160, 161, 305, 306, 307, 458, 459, 460):
        for odd in ("", "€", "€€", "[", "é"):
            texts += [odd + "a" * (size - len(odd)), "a" * (size - len(odd)) + odd]
            texts.append("a" * 152 + odd + "a" * (size - 152 - len(odd)))
    for size in (69, 70, 71, 133, 134, 135, 200, 201, 202):
        for odd in ("", "🍯", "🍯🍯"):
            texts += [odd + "ق" * (size - len(odd)), "ق" * (size - len(odd)) + odd]
            texts.append("ق" * 66 + odd + "ق" * max(size - 66 - len(odd), 0))
    return texts[:200]


def outbound(number: int, text: str) -> Outbound:
    to = f"+2126{number:08}"
    return Outbound(key=f"a:{number}", via="sms", to=to, subject="", text=text, language="fr")


@pytest.fixture
def kannel(tmp_path: Path):
    kannel = Kannel(folder=tmp_path, ours=f"http://127.0.0.1:{free_port()}")
    phones = FakeCentre(kannel.fake_port, tmp_path)
    try:
        kannel.start()
        phones.type(("+212600000000", "salam"))
        yield kannel, phones
    finally:
        phones.stop()
        kannel.stop()
        wire.hang_up()


@pytest.mark.timeout(120)
def test_what_arrives_and_in_how_many_segments(kannel) -> None:
    running, phones = kannel
    line = KannelGateway(
        "iam",
        {
            "address": f"http://127.0.0.1:{running.send_port}/cgi-bin/sendsms",
            "username": "coop",
            "password": "coop-pw",
            "from": "2255",
            "smsc": "fake1",
            "token": "t",
        },
    )
    texts = [*(plain(text) for text in ARRIVE), *boundaries()]
    assert len(texts) == len(ARRIVE) + 200
    for number, text in enumerate(texts):
        assert line.send(outbound(number, text)) == Accepted()
    wanted = Counter({f"+2126{number:08}": segments(text) for number, text in enumerate(texts)})

    deadline = time.monotonic() + PATIENCE
    while len(phones.got()) < wanted.total() and time.monotonic() < deadline:
        time.sleep(0.1)
    got = phones.got()
    assert Counter(phone for phone, _ in got) == wanted
    arrived: dict[str, str] = {}
    for phone, words in got:
        arrived[phone] = arrived.get(phone, "") + words
    assert [arrived[f"+2126{number:08}"] for number in range(len(ARRIVE))] == list(ARRIVE.values())
    for number, text in enumerate(texts[len(ARRIVE) :], len(ARRIVE)):
        assert arrived[f"+2126{number:08}"] == text, number
