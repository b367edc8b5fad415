"""kill -9 to the worker in the middle of a register file: it ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cooperatives.dirty import Register, as_csv, table
from tests.proofs.house import PATIENCE, House, open_house

_SEEN = "SELECT state, done FROM cooperatives_importbatch WHERE id = {}"
# The time after which a worker that is gone is missed.
_MISSED = "UPDATE cooperatives_importbatch SET changed_at = '1970-01-01 00:00:00' WHERE id = {}"
Ask = Callable[[str], list[tuple[Any, ...]]]


def prove(folder: Path, rows: int, kills: dict[str, list[float]]) -> None:
    """`kills` {what the worker is at: seconds after each chunk at which it is killed}."""
    register = Register(rows)
    with open_house(folder, start=False) as house, looking(house) as ask:
        house.start_worker()
        bring(house, ask, _file(folder, "before", register.before), {})
        file = _file(folder, "register", register.rows)
        whole = bring(house, ask, file, {})
        first = whole.pop("id")
        house.look("revert", str(first), script="register_file.py")
        work(house, ask, first, "reverting", {})
        killed = bring(house, ask, file, kills)
        del killed["id"]

    assert whole["batch"][0] == "applied"
    assert killed == whole
    news = [words for words in killed["revisions"] if words[2].get("registration_number")]
    assert len(news) == len({number for number, _source, _changes in news})
    came = [row for row in killed["rows"] if row[2]]
    assert Counter(number for _row, _outcome, _applied, number in came) == killed["fed"]
    assert set(killed["fed"].values()) == {1}
    print(f"\n{rows} rows, {len(came)} came in on {connection.vendor}", end="")


def bring(house: House, ask: Ask, file: Path, kills: dict[str, list[float]]) -> dict[str, Any]:
    """All the way in; what it left."""
    begun = house.look("begin", str(file), script="register_file.py")
    batch = begun["batch"]
    work(house, ask, batch, "checking", kills)
    house.look("apply", str(batch), script="register_file.py")
    work(house, ask, batch, "applying", kills)
    left = house.look("left", str(batch), str(begun["fed"]), script="register_file.py")
    return {"id": batch, **left}


def work(house: House, ask: Ask, batch: int, state: str, kills: dict[str, list[float]]) -> None:
    """To the end of this step, through the kills that are wanted."""
    done = 0
    for after in kills.get(state, []):
        until(ask, lambda done=done: ask(_SEEN.format(batch))[0][1] > done)
        time.sleep(after)  # this is the moment that is tried
        assert house.worker is not None
        os.kill(house.worker.pid, signal.SIGKILL)
        house.kill_worker()
        [(found, done)] = ask(_SEEN.format(batch))
        print(f"\nkilled while {found}, {done} rows done", end="")
        assert found == state, "It was over before it was killed."
        ask(_MISSED.format(batch))
        house.start_worker()
    until(ask, lambda: ask(_SEEN.format(batch))[0][0] != state)


def until(ask: Ask, true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, ask("SELECT * FROM cooperatives_importbatch")
        time.sleep(0.002)


@contextmanager
def looking(house: House) -> Iterator[Ask]:
    """A connection of the test's own: what the worker has committed so far."""
    line: Any
    if connection.vendor == "sqlite":
        line = sqlite3.connect(
            house.url.removeprefix("sqlite://"), isolation_level=None, timeout=60
        )
    else:
        import psycopg  # noqa: PLC0415 - only where there is a PostgreSQL

        line = psycopg.connect(house.url, autocommit=True)

    def ask(sql: str) -> list[tuple[Any, ...]]:
        cursor = line.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []

    with closing(line):
        yield ask


def _file(folder: Path, name: str, rows: list[dict[str, str]]) -> Path:
    path = folder / f"{name}.csv"
    path.write_bytes(as_csv(table(rows)).getvalue())
    return path


@pytest.mark.timeout(300)
def test_killed_half_way(tmp_path: Path) -> None:
    prove(tmp_path, 1_200, {"applying": [0.0]})


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_killed_after_every_other_chunk(tmp_path: Path) -> None:
    moments = [0.0, 0.03, 0.06, 0.1, 0.15, 0.2]
    prove(tmp_path, 12_000, {"checking": moments[:3], "applying": moments})
