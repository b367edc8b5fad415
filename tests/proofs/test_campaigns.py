"""A campaign to thousands while its gateway is stopped and started: each gets it once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.gateways.kannel import FakeCentre, Kannel, free_port
from tests.proofs.house import House, open_house

SCRIPT = "campaign_of_many.py"
ENDS_AFTER = 900.0  # seconds
SIGNS = {"fr": "bonjour", "ar": "معرض", "en": "Fair"}


def prove(folder: Path, people: int, pace: int, outages: Sequence[float], seconds: float) -> None:
    """The gateway goes down for so long when these shares of the texts have left."""
    with open_house(folder, start=False) as house:
        house.port = free_port()
        kannel = Kannel(folder=folder / "kannel", ours=f"http://127.0.0.1:{house.port}")
        house.extra = {
            "TAAWON_SMS_GATEWAYS": f"[iam]\n{kannel.table}centimes_a_segment = 20\n",
            "TAAWON_CAMPAIGN_HOURS": "0-24",
            "TAAWON_CAMPAIGN_APPROVAL_FROM": "50",
        }
        phones = FakeCentre(kannel.fake_port, kannel.folder)
        house.look("prepare", str(people), script=SCRIPT)
        try:
            house.start()
            begin(kannel, phones)
            house.look("start", str(pace), script=SCRIPT)
            for share in outages:
                until_so_many(house, int(people * share))
                kannel.stop()
                phones.stop()
                # The last of them stops while the text waits.
                house.look("stop", f"+2127{people - 1:08}", script=SCRIPT)
                time.sleep(seconds)
                begin(kannel, phones)
            seen = until_done(house)
            wait_for_the_last(phones, seen["left"])
            got = phones.got()
        finally:
            phones.stop()
            kannel.stop()
    check(people, len(outages), seen, got)


def begin(kannel: Kannel, phones: FakeCentre) -> None:
    kannel.start()
    phones.type(("+212700000001", ""))


def until_so_many(house: House, texts: int) -> None:
    deadline = time.monotonic() + ENDS_AFTER
    while (seen := house.look("tell", script=SCRIPT))["left"] < texts:
        assert time.monotonic() < deadline, seen["left"]
        time.sleep(0.5)


def until_done(house: House) -> dict[str, Any]:
    deadline = time.monotonic() + ENDS_AFTER
    while (seen := house.look("tell", script=SCRIPT))["state"] != "done":
        assert time.monotonic() < deadline, {**seen, "languages": ""}
        time.sleep(1)
    return dict(seen)


def wait_for_the_last(phones: FakeCentre, texts: int) -> None:
    deadline = time.monotonic() + 60
    while len({phone for phone, _ in phones.got()}) < texts and time.monotonic() < deadline:
        time.sleep(0.5)


def check(people: int, outages: int, seen: dict[str, Any], got: list[tuple[str, str]]) -> None:
    """Who was to get it did, once, in the own language; and the report adds up."""
    times = Counter(phone for phone, words in got if "2255" in words)
    landlines = sum(n % 20 == 7 for n in range(people))
    stopped = sum(n % 100 in (11, 42, 73) and n % 20 != 7 for n in range(people))
    twice = {phone for phone, n in times.items() if n > 1}
    wrong = [
        (phone, words)
        for phone, words in got
        if "2255" in words and SIGNS[seen["languages"][phone]] not in words
    ]
    print(
        f"\n{people} people, the gateway stopped {outages} times: {len(times)} phones got it, "
        f"{len(twice)} of them twice, {len(seen['in_doubt'])} marked as in doubt; not written to: "
        f"{seen['held']}; in another language: {len(wrong)}",
        end="",
    )
    assert seen["held"] == {"landline": landlines, "stopped": stopped}
    assert seen["people"] == people
    assert len(times) == seen["left"] == people - landlines - stopped - 1
    assert sum(line["held"] for line in seen["lines"]) == landlines + stopped
    assert (seen["withheld"], seen["on_the_way"], wrong) == (1, 0, [])
    assert twice <= set(seen["in_doubt"])
    assert Counter(seen["languages"].values()) == {
        line["language"]: line["arrived"] + line["sent"] + line["lost"] + line["withheld"]
        for line in seen["lines"]
    }


@pytest.mark.timeout(600)
def test_three_hundred_people(tmp_path: Path) -> None:
    prove(tmp_path, people=300, pace=1_000, outages=(0.2,), seconds=1.0)


@pytest.mark.prove
@pytest.mark.timeout(1_200)
def test_ten_thousand_people(tmp_path: Path) -> None:
    prove(tmp_path, people=10_000, pace=10_000, outages=(0.2, 0.6), seconds=15.0)
