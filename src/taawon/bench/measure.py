"""A whole run: rows, index, server, client; the figures as plain dictionaries."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.management import call_command
from django.db import connection

from taawon.bench import cases, client, counting, load, rows, searching
from taawon.bench.cases import Case
from taawon.bench.client import Measured
from taawon.bench.rows import Size
from taawon.bench.server import serving
from taawon.search import follower

AT_ONCE = (1, 16)
# Floor and page take turns: what else the machine does meanwhile falls upon both.
ROUNDS = 3
WARM_UP = 0.5
COUNT = {counting.ASK: "1"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, and for how long: seconds for each line and each number of connections."""

    before: Size
    size: Size
    seconds: float
    baskets: int


FULL = Plan(before=rows.FEW, size=rows.FULL, seconds=4.0, baskets=6_000)
TINY = Plan(before=rows.Size(60, 20), size=rows.TINY, seconds=0.15, baskets=60)


@dataclass(slots=True)
class Figures:
    """What a run found; see `report`."""

    steps: dict[str, float] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    growth: list[dict[str, Any]] = field(default_factory=list)
    search: list[dict[str, Any]] = field(default_factory=list)
    # Documents of the index a second; seconds until a change is found; bytes of the largest worker.
    index: dict[str, float] = field(default_factory=dict)
    errors: int = 0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        print(f"{name} …", end=" ", flush=True)
        started = time.monotonic()
        yield
        self.steps[name] = round(time.monotonic() - started, 1)
        print(f"{self.steps[name]} s", flush=True)


def run(plan: Plan) -> Figures:
    """Raises load.NotEmpty, server.DoesNotStart."""
    found = Figures()
    load.insist_on_empty()
    call_command("migrate", verbosity=0)
    with found.step(f"Loading {plan.before.products:,} products"):
        load.market(plan.before)
        load.settle()
        follower.rebuild()
    before = _latencies(plan, plan.before)
    with found.step(f"Loading {plan.size.products:,} products"):
        load.more_shops(plan.before, plan.size)
        sessions = load.persons()
        load.baskets(0, plan.size, for_persons=True)
        load.settle()
    with found.step("Building the index"):
        follower.rebuild()
    _index(found, plan)
    connection.close()
    after = _latencies(plan, plan.size)
    for name, milliseconds in after.items():
        found.growth.append({"line": name, "before": before[name], "after": milliseconds})
    with found.step("Measuring what is not cached"), serving(PAGE_CACHE_SECONDS="0") as port:
        _pages(found, port, plan, cases.pages(plan.size, sessions))
        found.index["worker_bytes"] = searching.memory(port)
        _pages(found, port, plan, [[cases.adding(plan.size, sessions)]])
        _checkouts(found, port, plan)
    with found.step("Measuring what is cached"), serving(PAGE_CACHE_SECONDS="10") as port:
        _pages(found, port, plan, cases.kept_pages(plan.size))
    return found


def search_alone(plan: Plan) -> Figures:
    """How words are found, without the rest. Raises load.NotEmpty, server.DoesNotStart."""
    found = Figures()
    load.insist_on_empty()
    call_command("migrate", verbosity=0)
    with found.step(f"Loading {plan.size.products:,} products"):
        load.market(plan.size)
        load.settle()
    with found.step("Building the index"):
        follower.rebuild()
    _index(found, plan)
    connection.close()
    with found.step("Measuring pages of results"), serving(PAGE_CACHE_SECONDS="0") as port:
        groups = [group for group in cases.pages(plan.size, ()) if group[0].page == "search"]
        _pages(found, port, plan, groups)
        found.index["worker_bytes"] = searching.memory(port)
    return found


def _index(found: Figures, plan: Plan) -> None:
    documents = plan.size.products + plan.size.cooperatives
    found.index["documents_a_second"] = documents / max(found.steps["Building the index"], 0.1)
    with found.step("Asking the index"):
        found.search = searching.index()
    with found.step("Waiting for changes to be found"):
        found.index |= searching.fresh()


def _latencies(plan: Plan, size: Size) -> dict[str, float]:
    """Milliseconds of the median answer to one who asks alone, by line."""
    with serving(PAGE_CACHE_SECONDS="0") as port:
        measured = {}
        for group in cases.pages(size, ()):
            for case in group:
                client.drive(port, case.visits(16), min(WARM_UP, plan.seconds))
            for case, slices in _in_turns(port, group, 1, plan.seconds):
                measured[case.name] = round(slices.quantile(0.5) * 1000, 2)
        return measured


def _pages(found: Figures, port: int, plan: Plan, groups: Sequence[Sequence[Case]]) -> None:
    for group in groups:
        lines = [_described(port, case) for case in group]
        for case in group:
            client.drive(port, case.visits(16), min(WARM_UP, plan.seconds))
        for connections in AT_ONCE:
            measured = _in_turns(port, group, connections, plan.seconds)
            for line, (_case, slices) in zip(lines, measured, strict=True):
                _note(found, line, connections, slices)
        found.lines += lines


def _in_turns(
    port: int, group: Sequence[Case], connections: int, seconds: float
) -> list[tuple[Case, Measured]]:
    measured = [(case, Measured()) for case in group]
    for _ in range(ROUNDS):
        for case, slices in measured:
            slices.add(client.drive(port, case.visits(connections), seconds / ROUNDS))
    return measured


def _checkouts(found: Figures, port: int, plan: Plan) -> None:
    """The post beside its floor, then whole checkouts."""
    paths = {cases.FLOOR: "/floor/checkout/{}/", cases.FRESH: "/api/v1/baskets/{}/checkout"}
    tokens = load.baskets(plan.baskets * 2, plan.size)
    connection.close()
    halves = (iter(tokens[: plan.baskets]), iter(tokens[plan.baskets :]))
    group = [
        cases.checkouts(path, kind, half)
        for (kind, path), half in zip(paths.items(), halves, strict=True)
    ]
    lines = [_described(port, case) for case in group]
    for connections in AT_ONCE:
        measured = _in_turns(port, group, connections, plan.seconds)
        for line, (_case, slices) in zip(lines, measured, strict=True):
            _note(found, line, connections, slices)
    found.lines += lines
    _whole_checkouts(found, port, plan)


def _whole_checkouts(found: Figures, port: int, plan: Plan) -> None:
    line: dict[str, Any] = {"page": "whole checkout", "kind": "", "errors": {}, "at": {}}
    for connections in AT_ONCE:
        done: list[float] = []
        visits = [
            cases.whole_checkout(plan.size, connections * 100_000 + k * 5_000, done)
            for k in range(connections)
        ]
        slices = client.drive(port, visits, plan.seconds)
        slices.latencies = done
        _note(found, line, connections, slices)
    found.lines.append(line)


def _note(found: Figures, line: dict[str, Any], connections: int, slices: Measured) -> None:
    line["at"][str(connections)] = {
        "per_second": round(slices.per_second, 1),
        "p50_ms": round(slices.quantile(0.5) * 1000, 2),
        "p99_ms": round(slices.quantile(0.99) * 1000, 2),
        "answers": len(slices.latencies),
        "client_share": round(slices.client_share, 2),
    }
    for what, times in slices.errors.items():
        line["errors"][what] = line["errors"].get(what, 0) + times
        found.errors += times


def _described(port: int, case: Case) -> dict[str, Any]:
    """Queries of the usual answer, once both processes are warm, and its bytes."""
    counted = client.ask(port, *case.samples(COUNT), *case.samples(COUNT))
    told = [int(answer.header(counting.TOLD) or 0) for answer in counted[len(counted) // 2 :]]
    size = {
        coding: statistics.median(
            len(answer.body)
            for answer in client.ask(port, *case.samples({"Accept-Encoding": coding})[:3])
        )
        for coding in ("identity", "gzip", "br")
    }
    return {
        "page": case.page,
        "kind": case.kind,
        "queries": statistics.median_low(told),
        "bytes": size,
        "errors": {},
        "at": {},
    }
