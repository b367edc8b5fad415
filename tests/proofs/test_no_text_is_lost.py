"""Texts through Debian's Kannel while the worker is killed again and again: none is lost."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.gateways.kannel import FakeCentre, Kannel, free_port
from tests.proofs.house import House, open_house

ENDS_AFTER = 1_200.0  # seconds


def prove(folder: Path, texts: int, kill_every: float) -> None:
    """Queue them, kill the worker every so many seconds, and count what phones got."""
    with open_house(folder, start=False) as house:
        house.port = free_port()
        kannel = Kannel(folder=folder / "kannel", ours=f"http://127.0.0.1:{house.port}")
        house.extra = {"TAAWON_SMS_GATEWAYS": f"[iam]\n{kannel.table}"}
        phones = FakeCentre(kannel.fake_port, kannel.folder)
        try:
            house.start(worker=False)
            kannel.start()
            phones.type(("+212700000000", "salam"))
            house.look("queue", str(texts), script="queue_texts.py")
            kills, seen = send_all(house, texts, kill_every)
            wait_for_the_last(phones, texts)
            got = Counter(phone for phone, _ in phones.got() if phone.startswith("+2126"))
        finally:
            phones.stop()
            kannel.stop()

    twice = {phone for phone, times in got.items() if times > 1}
    print(
        f"\n{texts} texts, the worker killed {kills} times: {len(got)} phones got theirs, "
        f"{len(twice)} of them twice, {len(seen['in_doubt'])} marked as in doubt, "
        f"{seen['reported']} reported by the centre",
        end="",
    )
    assert seen["states"] == {"sent": texts}
    assert len(got) == texts
    assert twice <= set(seen["in_doubt"])


def send_all(house: House, texts: int, kill_every: float) -> tuple[int, dict[str, Any]]:
    deadline = time.monotonic() + ENDS_AFTER
    kills = 0
    while True:
        house.start_worker()
        until = time.monotonic() + kill_every
        while time.monotonic() < until:
            time.sleep(0.5)
            seen = house.look("tell", script="queue_texts.py")
            if seen["states"] == {"sent": texts} and seen["reported"] == texts:
                return kills, seen
        assert time.monotonic() < deadline, seen["states"]
        house.kill_worker()
        kills += 1


def wait_for_the_last(phones: FakeCentre, texts: int) -> None:
    deadline = time.monotonic() + 30
    while len({phone for phone, _ in phones.got()}) < texts and time.monotonic() < deadline:
        time.sleep(0.5)


@pytest.mark.timeout(300)
def test_a_thousand_and_two_kills(tmp_path: Path) -> None:
    prove(tmp_path, texts=1_000, kill_every=5.0)


@pytest.mark.prove
@pytest.mark.timeout(1_500)
def test_fifty_thousand_and_a_kill_every_ten_seconds(tmp_path: Path) -> None:
    prove(tmp_path, texts=50_000, kill_every=10.0)
