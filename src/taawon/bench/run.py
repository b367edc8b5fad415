"""`taawon bench`: load, serve, measure, print; the database must be empty, and is not cleaned."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import django


def main(words: Sequence[str]) -> int:
    """0 when every answer was right, whatever the speed; 1 when one was not, 2 if it cannot run."""
    asked = _parser().parse_args(words)
    with tempfile.TemporaryDirectory(prefix="taawon-bench-") as home:
        _environment(home)
        django.setup()
        # What reads models can be imported from here on.
        return _measured(asked, Path(home))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="taawon bench", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="few rows, to see that it works")
    parser.add_argument("--seconds", type=float, help="for each line of the table")
    parser.add_argument(
        "--json", type=Path, default=Path("data/bench.json"), help="figures go here"
    )
    parser.add_argument(
        "--threads", action="store_true", help="compare numbers of threads, with stalled uploads"
    )
    parser.add_argument("--search", action="store_true", help="how words are found, alone")
    return parser


def _environment(home: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "taawon.bench.settings",
        "TAAWON_HOME": home,
        "TAAWON_SECRET_KEY": secrets.token_urlsafe(48),
        "TAAWON_RATE_LIMIT": "no",
        "TAAWON_DEMO": "no",
        "TAAWON_DEBUG": "no",
        "TAAWON_HOST": "127.0.0.1",
        "TAAWON_WORKERS": os.environ.get("TAAWON_WORKERS", "2"),
    }


def _measured(asked: argparse.Namespace, home: Path) -> int:
    measure, report = (import_module(f"taawon.bench.{name}") for name in ("measure", "report"))
    load, server = (import_module(f"taawon.bench.{name}") for name in ("load", "server"))
    plan = measure.TINY if asked.tiny else measure.FULL
    if asked.seconds:
        plan = replace(plan, seconds=asked.seconds)
    try:
        if asked.threads:
            return _compared(plan, asked.json)
        if asked.search:
            return _searched(plan, asked.json)
        found = measure.run(plan)
    except (load.NotEmpty, server.DoesNotStart) as problem:
        print(problem, server.last_words(home), sep="\n", file=sys.stderr)
        return 2
    report.ratios(found.lines)
    parts = [
        report.table(found.lines),
        report.growth(found.growth, plan.before.products, plan.size.products),
        report.searches(found.search, found.index),
        report.aims(found.lines, found.growth),
        report.search_aims(found.search, found.index, found.lines),
    ]
    print("", *parts, sep="\n\n")
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    figures = {"machine": report.machine(), "steps": found.steps, "lines": found.lines}
    figures |= {"growth": found.growth, "search": found.search, "index": found.index}
    asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    print(f"\nAll figures are in {asked.json}.")
    if found.errors:
        print(server.last_words(home), file=sys.stderr)
    return 1 if found.errors else 0


def _searched(plan: Any, path: Path) -> int:
    measure, report = (import_module(f"taawon.bench.{name}") for name in ("measure", "report"))
    found = measure.search_alone(plan)
    report.ratios(found.lines)
    print(
        "",
        report.table(found.lines),
        report.searches(found.search, found.index),
        report.search_aims(found.search, found.index, found.lines),
        sep="\n\n",
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    figures = {"machine": report.machine(), "steps": found.steps, "lines": found.lines}
    path.write_text(json.dumps({**figures, "search": found.search, "index": found.index}) + "\n")
    return 1 if found.errors else 0


def _compared(plan: Any, path: Path) -> int:
    lines = import_module("taawon.bench.threads").run(plan)
    for line in lines:
        print(json.dumps(line))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(lines, indent=1) + "\n")
    return 0
