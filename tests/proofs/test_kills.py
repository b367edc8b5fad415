"""kill -9 in the middle of a checkout: afterwards there is nothing, or the whole order."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.house import PATIENCE, House, open_house

BUYER = {
    "name": "Proof",
    "phone": "0661234567",
    "region": "MA-06",
    "town": "Casa",
    "payment": "cod",
}


def products(house: House) -> list[int]:
    """Three that can be bought, of three cooperatives."""
    listed = house.visitor().ask("GET", "/api/v1/products?in_stock=yes").json["results"]
    chosen = {one["cooperative_id"]: one["id"] for one in listed if one["available"] >= 20}
    assert len(chosen) >= 3
    return list(chosen.values())[:3]


def basket(house: House, chosen: list[int]) -> str:
    visitor = house.visitor()
    token = str(visitor.ask("POST", "/api/v1/baskets", {}).json["token"])
    for product in chosen:
        path = f"/api/v1/baskets/{token}/lines/{product}"
        assert visitor.ask("PUT", path, {"quantity": 1}).status == 200
    return token


def order(house: House, token: str, answers: list[int]) -> None:
    with suppress(OSError, http.client.HTTPException):
        path = f"/api/v1/baskets/{token}/checkout"
        answer = house.visitor().ask("POST", path, BUYER, **{"Idempotency-Key": "proof"})
        answers.append(answer.status)


def settled(house: House, tokens: list[str]) -> Any:
    """What is there once the journal is delivered and every message has left."""
    deadline = time.monotonic() + PATIENCE
    while True:
        seen = house.look(*tokens)
        if not seen["waiting"] and not seen["unsettled"]:
            return seen
        assert time.monotonic() < deadline, (seen["waiting"], seen["unsettled"])


def prove(folder: Path, points: list[float]) -> None:
    """Kill all at each of these moments (seconds after the order was sent), and look afterwards."""
    with open_house(folder) as house:
        chosen = products(house)
        tokens, acknowledged = [], []
        for point in points:
            token = basket(house, chosen)
            tokens.append(token)
            answers: list[int] = []
            sending = threading.Thread(target=order, args=(house, token, answers))
            sending.start()
            time.sleep(point)  # this is the moment that is tried
            house.kill()
            sending.join()
            acknowledged.append(answers == [201])
            house.start()
        seen = settled(house, tokens)

    by_basket = Counter(found[1] for found in seen["orders"])
    for point, token, heard in zip(points, tokens, acknowledged, strict=True):
        found = (by_basket[token], seen["left"][token])
        whole, nothing = found == (3, []), found == (0, sorted(chosen))
        print(
            f"\nkilled {point * 1000:.0f} ms after the order was sent: "
            f"{'the whole order' if whole else 'nothing'}, {'' if heard else 'not '}acknowledged",
            end="",
        )
        assert whole or nothing, (token, by_basket[token], seen["left"][token])
        assert whole or not heard, "an order that was acknowledged is gone"
    for _code, _token, _cooperative, lines, steps, events, messages, console in seen["orders"]:
        assert (len(lines), steps, events) == (1, 1, 1)
        assert [state for _key, state in messages] == ["sent"] * len(messages)
        assert console == [key for key, _state in messages]
        assert len(console) >= 2  # the buyer, and somebody of the cooperative
    wanted: Counter[int] = Counter()
    for product, quantity in seen["placed"]:
        wanted[product] += quantity
    assert {int(pk): n for pk, n in seen["reserved"].items() if n} == dict(wanted)


@pytest.mark.timeout(300)
def test_killed_half_way(tmp_path: Path) -> None:
    prove(tmp_path, [0.01, 0.05])


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_killed_at_any_of_ten_points(tmp_path: Path) -> None:
    prove(tmp_path, [0.0, 0.004, 0.008, 0.012, 0.018, 0.025, 0.035, 0.05, 0.15, 0.6])
