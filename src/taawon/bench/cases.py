"""What is asked of the server: each page in three kinds, beside its floor."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from urllib.parse import urlencode

from taawon.bench import client, rows
from taawon.bench.client import Visit
from taawon.bench.rows import Size

FLOOR, FRESH, MEMBER, CACHED = "floor", "not cached", "logged in", "cached"
# Addresses of a page that is not kept; those of one that is.
DIFFERENT, KEPT = 2_000, 20
SAMPLES = 25
WISH = json.dumps(
    {
        "name": "Amina Alaoui",
        "phone": "0612345678",
        "region": "MA-04",
        "town": "Rabat",
        "address": "3, rue des Orangers",
        "payment": "cod",
    }
).encode()
JSON = {"Content-Type": "application/json"}
ORDER = {**JSON, "Idempotency-Key": "once"}
NOTHING = client.NOTHING


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table: `visits(n)` are n connections that go on for ever, `samples` a few
    of their requests with further headers."""

    page: str
    kind: str
    visits: Callable[[int], list[Visit]]
    samples: Callable[[Mapping[str, str]], list[bytes]]

    @property
    def name(self) -> str:
        return f"{self.page}, {self.kind}" if self.kind else self.page


def pages(size: Size, sessions: Sequence[str]) -> list[list[Case]]:
    """A group for each page: its floor, as anybody gets it, as somebody who is logged in does."""
    groups = []
    for page, (floors, paths) in _paths(size).items():
        group = [_reading(page, FLOOR, floors), _reading(page, FRESH, paths)]
        if sessions:
            group.append(_reading(page, MEMBER, paths, sessions))
        groups.append(group)
    return groups


def kept_pages(size: Size) -> list[list[Case]]:
    """The same pages from the server's memory: few enough to be there."""
    return [
        [_reading(page, CACHED, paths[:KEPT])] for page, (_floors, paths) in _paths(size).items()
    ]


def adding(size: Size, sessions: Sequence[str]) -> Case:
    """A product into the basket of somebody who is logged in, as the page's script does it."""

    def one(turn: int, extra: Mapping[str, str]) -> bytes:
        [(product, _packs), *_rest] = rows.lines_of(turn % DIFFERENT, size.shops)
        headers = {
            "Cookie": f"sessionid={sessions[turn % len(sessions)]}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Sec-Fetch-Site": "same-origin",
            **extra,
        }
        body = urlencode({"product": product, "quantity": 1}).encode()
        return client.request("POST", "/fr/basket/add/", headers, body)

    return _repeated("add to basket", MEMBER, one, DIFFERENT)


def checkouts(path: str, kind: str, tokens: Iterator[str]) -> Case:
    """The last press alone: every basket is ready, and is ordered once."""

    def requests(extra: Mapping[str, str] = NOTHING) -> Iterator[bytes]:
        for token in tokens:
            yield client.request("POST", path.format(token), {**ORDER, **extra}, WISH)

    def samples(extra: Mapping[str, str]) -> list[bytes]:
        return list(islice(requests(extra), 5))

    return Case(
        "checkout post", kind, lambda n: [client.endlessly(requests()) for _ in range(n)], samples
    )


def whole_checkout(size: Size, first: int, done: list[float]) -> Visit:
    """Basket, three lines, order; again and again. Seconds that each took are added to `done`."""
    number = first
    while True:
        started = time.perf_counter()
        opened = yield client.request("POST", "/api/v1/baskets", JSON)
        if opened.status != 201:
            continue
        basket = f"/api/v1/baskets/{json.loads(opened.body)['token']}"
        for product, packs in rows.lines_of(number, size.shops):
            line = json.dumps({"quantity": packs}).encode()
            yield client.request("PUT", f"{basket}/lines/{product}", JSON, line)
        placed = yield client.request("POST", f"{basket}/checkout", ORDER, WISH)
        if placed.status == 201:
            done.append(time.perf_counter() - started)
        number += 1


def _paths(size: Size) -> dict[str, tuple[list[str], list[str]]]:
    """By page: the addresses of its floor, and its own."""
    rng = Random(rows.SEED)
    every = range(1, size.products + 1)
    products = [pk for pk in rng.choices(every, k=DIFFERENT) if not rows.is_sold_out(pk)]
    shops = rng.choices(range(1, size.shops + 1), k=DIFFERENT)
    lists = [
        "/floor/list/?ids=" + ".".join(map(str, rng.sample(every, min(24, size.products))))
        for _ in range(DIFFERENT)
    ]
    turned = [
        f"/fr/products/?{urlencode({'sort': sort, 'page': page})}"
        for page in range(1, min(size.products // 24, 40) + 1)
        for sort in ("newest", "price", "-price", "rating")
    ]
    filtered = [
        f"/fr/products/?category={shelf.slug}&region=MA-{region:02d}&sort={sort}"
        for shelf in rows.shelves()
        for region in range(1, 13)
        for sort in ("", "price")
    ]
    words = [
        f"/fr/products/?{urlencode({'q': f'{name} {place}'.strip()})}"
        for name in dict.fromkeys(shelf.name_fr for shelf in rows.shelves())
        for place in ("", "montagne", "vallée", "Azilal", "Tiznit", "3sel", "huile")
    ]
    rng.shuffle(words)
    rng.shuffle(turned)
    rng.shuffle(filtered)
    return {
        "home": (lists, ["/fr/", "/ar/"]),
        "catalogue": (lists, turned),
        "filtered catalogue": (lists, filtered),
        "search": (lists, words),
        "product": (
            [f"/floor/product/{pk}/" for pk in products],
            [f"/fr/products/{rows.product_slug(pk)}-{pk}/" for pk in products],
        ),
        "cooperative": (
            [f"/floor/cooperative/{pk}/" for pk in shops],
            [f"/fr/cooperatives/{rows.cooperative_slug(pk)}-{pk}/" for pk in shops],
        ),
    }


def _reading(page: str, kind: str, paths: Sequence[str], sessions: Sequence[str] = ()) -> Case:
    def one(turn: int, extra: Mapping[str, str]) -> bytes:
        if sessions:
            extra = {**extra, "Cookie": f"sessionid={sessions[turn % len(sessions)]}"}
        return client.get(paths[turn % len(paths)], extra)

    return _repeated(page, kind, one, max(len(paths), len(sessions)))


def _repeated(
    page: str, kind: str, one: Callable[[int, Mapping[str, str]], bytes], different: int
) -> Case:
    """The same requests for ever; every connection begins at another."""

    def visits(connections: int) -> list[Visit]:
        made = [one(turn, {}) for turn in range(different)]
        step = len(made) // connections or 1
        return [
            client.endlessly(cycle(made[k * step :] + made[: k * step])) for k in range(connections)
        ]

    return Case(
        page,
        kind,
        visits,
        lambda extra: [one(turn % different, extra) for turn in range(SAMPLES)],
    )
