"""Many people at once, by pages and by the API, on real servers."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.house import House, open_house
from tests.proofs.test_kills import BUYER, basket, products, settled

SAME = {"Sec-Fetch-Site": "same-origin"}


def at_once(doers: Sequence[Callable[[], str]]) -> Counter[str]:
    outcomes: list[str] = []
    gate = threading.Barrier(len(doers))

    def run(doer: Callable[[], str]) -> None:
        gate.wait()
        outcomes.append(doer())

    threads = [threading.Thread(target=run, args=(doer,)) for doer in doers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def by_api(house: House, token: str) -> Callable[[], str]:
    def buy() -> str:
        path = f"/api/v1/baskets/{token}/checkout"
        answer = house.visitor().ask("POST", path, BUYER, **{"Idempotency-Key": "k"})
        return {201: "bought", 409: answer.json.get("code", "")}.get(answer.status, answer.text)

    return buy


def by_page(house: House, product: int) -> Callable[[], str]:
    """A guest who has come as far as "check your order"."""
    visitor = house.visitor()
    visitor.ask("POST", "/fr/basket/add/", {"product": product, "quantity": 1}, **SAME)
    form = {**BUYER, "csrfmiddlewaretoken": visitor.token("/fr/checkout/"), "step": "check"}
    page = visitor.ask("POST", "/fr/checkout/", form).text
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))

    def buy() -> str:
        answer = visitor.ask("POST", "/fr/checkout/", {**hidden, "step": "place"})
        if "/checkout/done/" in answer.headers.get("location", ""):
            return "bought"
        refused = answer.status == 302 and answer.headers["location"] == "/fr/basket/"
        return "out-of-stock" if refused else f"{answer.status} {answer.text[:200]}"

    return buy


def leave_one(house: House, product: int) -> None:
    """Everything but one pack is ordered."""
    visitor = house.visitor()
    left = visitor.ask("GET", f"/api/v1/products/{product}").json["available"]
    token = visitor.ask("POST", "/api/v1/baskets", {}).json["token"]
    path = f"/api/v1/baskets/{token}"
    visitor.ask("PUT", f"{path}/lines/{product}", {"quantity": left - 1})
    done = visitor.ask("POST", f"{path}/checkout", BUYER, **{"Idempotency-Key": "most"})
    assert done.status == 201


def prove(folder: Path, people: int, pairs: int) -> None:
    with open_house(folder) as house:
        one, two, _three = products(house)
        leave_one(house, one)
        doers = [by_api(house, basket(house, [one])) for _ in range(people // 2)]
        doers += [by_page(house, one) for _ in range(people - people // 2)]
        outcomes = at_once(doers)
        print(f"\n{people} people want the last pack, by pages and by the API: {dict(outcomes)}")
        assert outcomes == {"bought": 1, "out-of-stock": people - 1}
        shown = house.visitor().ask("GET", f"/api/v1/products/{one}").json
        assert shown["available"] == 0

        _one, two, three = [0, *products(house)[-2:]]
        tokens = [basket(house, [two, three]) for _ in range(pairs)]
        tokens += [basket(house, [three, two]) for _ in range(pairs)]
        crossed: Counter[str] = Counter()
        for start in range(0, len(tokens), 20):
            crossed += at_once([by_api(house, token) for token in tokens[start : start + 20]])
        print(f"{len(tokens)} crossed baskets, twenty at once: {dict(crossed)}")
        assert set(crossed) <= {"bought", "out-of-stock"}
        seen: Any = settled(house, tokens)
        placed: Counter[int] = Counter()
        for product, quantity in seen["placed"]:
            placed[product] += quantity
        assert {int(pk): n for pk, n in seen["reserved"].items() if n} == dict(placed)
        for log in ("serve", "worker"):
            said = (house.home / f"{log}.log").read_text().lower()
            assert "deadlock" not in said
            assert "locked" not in said


@pytest.mark.timeout(300)
def test_a_few_at_once(tmp_path: Path) -> None:
    prove(tmp_path, people=8, pairs=4)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_fifty_at_once_and_a_hundred_crossed_baskets(tmp_path: Path) -> None:
    prove(tmp_path, people=50, pairs=50)
