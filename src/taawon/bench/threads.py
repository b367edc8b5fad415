"""How many threads a server process should have: pages and orders a second, and uploads that stall.

Threads of Python take turns: more of them answer no more, but a request that waits for its sender
holds one.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection

from taawon.bench import cases, client, load
from taawon.bench.measure import WARM_UP, Plan
from taawon.bench.server import serving
from taawon.search import follower

NUMBERS = (1, 2, 4, 8)
WORKERS = 2
# A page that says nothing for so many seconds is not coming.
SILENCE = 5.0
_LATENCIES = ("p50_ms", 0.5), ("p99_ms", 0.99)


def run(plan: Plan) -> list[dict[str, Any]]:
    """A line for each number of threads. Raises load.NotEmpty, server.DoesNotStart."""
    load.insist_on_empty()
    call_command("migrate", verbosity=0)
    load.market(plan.size)
    tokens = iter(load.baskets(plan.baskets * len(NUMBERS), plan.size))
    load.settle()
    follower.rebuild()
    connection.close()
    lines = []
    for number in NUMBERS:
        with serving(THREADS=str(number), PAGE_CACHE_SECONDS="0") as port:
            lines.append({"threads": number, **_measured(port, plan, tokens)})
    return lines


def _measured(port: int, plan: Plan, tokens: Iterator[str]) -> dict[str, Any]:
    [catalogue] = [group[1] for group in cases.pages(plan.size, ()) if group[1].page == "catalogue"]
    orders = cases.checkouts("/api/v1/baskets/{}/checkout", cases.FRESH, tokens)
    client.drive(port, catalogue.visits(16), min(WARM_UP * WORKERS, plan.seconds))
    found: dict[str, Any] = {}
    for name, case in (("pages", catalogue), ("orders", orders)):
        slices = client.drive(port, case.visits(16), plan.seconds)
        found[name] = {
            "per_second": round(slices.per_second, 1),
            "errors": sum(slices.errors.values()),
            **{key: round(slices.quantile(part) * 1000, 1) for key, part in _LATENCIES},
        }
    for uploads in (WORKERS, 4 * WORKERS):
        with _stalled(port, uploads):
            slices = client.drive(port, catalogue.visits(4), plan.seconds, patience=SILENCE)
        found[f"pages, {uploads} uploads stalled"] = {
            "per_second": round(slices.per_second, 1),
            "silent": sum(slices.errors.values()),
        }
    return found


@contextmanager
def _stalled(port: int, count: int) -> Iterator[None]:
    """Uploads that have begun and do not go on."""
    begun = client.request("POST", "/fr/basket/add/", {"Sec-Fetch-Site": "same-origin"})
    begun = begun.replace(b"Content-Length: 0", b"Content-Length: 500000") + b"product="
    open_ones = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(count)]
    try:
        for each in open_ones:
            each.sendall(begun)
        yield
    finally:
        for each in open_ones:
            each.close()
