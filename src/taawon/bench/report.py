"""The figures of a run for people, and whether they are what we aim at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from taawon.bench.cases import CACHED, FLOOR, FRESH, MEMBER

Line = Mapping[str, Any]


def machine() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cores": os.cpu_count(), "memory_gb": round(memory / 2**30)}


def ratios(lines: Sequence[Line]) -> None:
    """Write into every line with a floor what part of the floor's answers it gave, at 16."""
    floors = {line["page"]: _at(line)["per_second"] for line in lines if line["kind"] == FLOOR}
    for line in lines:
        if line["kind"] in (FRESH, MEMBER) and floors.get(line["page"]):
            ratio = _at(line)["per_second"] / floors[line["page"]]
            line["of_floor"] = round(ratio, 2)  # type: ignore[index]  # a dict is what comes


def table(lines: Sequence[Line]) -> str:
    head = (
        f"{'':<32}{'1 connection':>22}{'16 connections':>26}\n"
        f"{'':<32}{'a second':>9}{'p50':>6}{'p99':>7}{'a second':>11}{'p50':>7}{'p99':>8}"
        f"{'of floor':>10}{'queries':>9}{'bytes':>9}{'gzip':>7}{'br':>7}{'errors':>8}"
    )
    return "\n".join([head, *map(_row, lines), "Latencies in milliseconds."])


def _row(line: Line) -> str:
    one, many = line["at"]["1"], line["at"]["16"]
    size = line.get("bytes", {})
    name = ", ".join(filter(None, (line["page"], line["kind"])))
    return (
        f"{name:<32}{one['per_second']:>9,.0f}{one['p50_ms']:>6.1f}{one['p99_ms']:>7.1f}"
        f"{many['per_second']:>11,.0f}{many['p50_ms']:>7.1f}{many['p99_ms']:>8.1f}"
        f"{line.get('of_floor', ''):>10}{line.get('queries', ''):>9}"
        f"{size.get('identity', ''):>9}{size.get('gzip', ''):>7}{size.get('br', ''):>7}"
        f"{sum(line['errors'].values()):>8}"
    )


def growth(found: Sequence[Mapping[str, Any]], before: int, after: int) -> str:
    lines = [f"Milliseconds of the median answer to one who asks alone, at {before:,} products"]
    lines[0] += f" and at {after:,}:"
    for one in found:
        times = one["after"] / one["before"] if one["before"] else 0.0
        lines.append(
            f"{one['line']:<32}{one['before']:>9.2f}{one['after']:>9.2f}{times:>8.2f} times"
        )
    return "\n".join(lines)


def searches(found: Sequence[Line], index: Mapping[str, float]) -> str:
    """What the index does by itself; milliseconds."""
    head = f"{'':<44}{'questions':>10}{'p50':>8}{'p95':>8}{'most':>8}"
    rows = [
        f"{one['line']:<44}{one['questions']:>10}{one['p50_ms']:>8.2f}{one['p95_ms']:>8.2f}"
        f"{one['most_ms']:>8.2f}"
        for one in found
    ]
    told = (
        f"{index['documents_a_second']:,.0f} documents a second into a new index. "
        f"A changed product is found after {index['first']:.2f} s, "
        f"on a second server after {index['second']:.2f} s. "
        f"The largest worker holds {index['worker_bytes'] / 1e6:,.0f} MB."
    )
    return "\n".join([head, *rows, told])


def search_aims(found: Sequence[Line], index: Mapping[str, float], lines: Sequence[Line]) -> str:
    """The aims of the search, each with its figure."""
    p95 = {one["line"]: float(one["p95_ms"]) for one in found}
    [page] = [one for one in lines if (one["page"], one["kind"]) == ("search", FRESH)]
    alone = float(page["at"]["1"]["p99_ms"])
    asked = [
        ("hits and facets, p95 in ms", max(_but_for(p95, "floor", "suggestions")), 10),
        ("suggestions, p95 in ms", p95["suggestions"], 10),
        ("a page of results alone, p99 in ms", alone, 25),
        ("a change is found, seconds", max(index["first"], index["second"]), 2),
        ("memory of a worker, MB", index["worker_bytes"] / 1e6, 250),
    ]
    made = [_said(what, got <= aim, got, f"at most {aim:,}", "search") for what, got, aim in asked]
    least = [
        ("documents a second into the index", index["documents_a_second"], 8_000),
        ("pages of results a second", _at(page)["per_second"], 300),
    ]
    made += [
        _said(what, got >= aim, got, f"at least {aim:,}", "search") for what, got, aim in least
    ]
    return "\n".join(made)


def _but_for(figures: Mapping[str, float], *parts: str) -> list[float]:
    return [figure for name, figure in figures.items() if not any(part in name for part in parts)]


def aims(lines: Sequence[Line], grown: Sequence[Mapping[str, Any]]) -> str:
    """Each aim with the line that comes nearest to missing it."""
    return "\n".join(_judged(lines, grown))


def _judged(lines: Sequence[Line], grown: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    def of(kind: str, *pages: str) -> list[Line]:
        return [one for one in lines if one["kind"] == kind and (not pages or one["page"] in pages)]

    def least(what: str, aim: float, found: list[Line], figure: Callable[[Line], float]) -> str:
        worst = min(found, key=figure)
        return _said(what, figure(worst) >= aim, figure(worst), f"at least {aim:,}", worst["page"])

    yield least("cached, a second", 3000, of(CACHED), lambda one: _at(one)["per_second"])
    yield least(
        "not cached, of the floor",
        0.6,
        of(FRESH, "catalogue", "filtered catalogue", "product"),
        lambda one: float(one["of_floor"]),
    )
    many = max((*of(FRESH), *of(MEMBER)), key=_reading_queries)
    asked = _reading_queries(many)
    yield _said("queries a page", asked <= 6, asked, "at most 6", many["page"])
    yield least(
        "checkout post, of the floor",
        0.4,
        of(FRESH, "checkout post"),
        lambda one: float(one["of_floor"]),
    )
    yield least(
        "whole checkouts, a second",
        60,
        of("", "whole checkout"),
        lambda one: _at(one)["per_second"],
    )
    pages = [one for one in grown if FLOOR not in one["line"] and one["before"]]
    if pages:
        worst = max(pages, key=lambda one: float(one["after"] / one["before"]))
        times = worst["after"] / worst["before"]
        yield _said(
            "latency, times that of few products", times <= 1.5, times, "at most 1.5", worst["line"]
        )


def _reading_queries(line: Line) -> float:
    """Of pages alone: a post does more."""
    return 0 if line["page"] in ("add to basket", "checkout post") else float(line["queries"])


def _said(what: str, met: bool, figure: float, aim: str, where: str) -> str:
    return f"{'met   ' if met else 'MISSED'}  {what}: {figure:,.2f} ({aim}; {where})"


def _at(line: Line) -> Mapping[str, float]:
    """With 16 connections."""
    found: Mapping[str, float] = line["at"]["16"]
    return found
