"""Thirty thousand dirty rows: in within a minute and in little memory, corrected, taken back."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from taawon.cooperatives import filed
from taawon.cooperatives.models import Cooperative, Revision
from taawon.cooperatives.services import importing, working
from taawon.cooperatives.sheets import open_sheet
from taawon.web import exports
from tests.cooperatives.country import settle
from tests.cooperatives.dirty import Register, as_csv, table
from tests.cooperatives.sheets.make import ods_file, xlsx_file
from tests.cooperatives.test_register_file import AS_OF, bring, contents, error_file, said
from tests.factories import staff

ROWS = 30_000
WITHIN = 60.0  # seconds, dry run and all
MOST_MORE = 150  # megabytes


def prove(size: int, kind: str, within: float) -> None:
    settle()
    by = staff()
    register = Register(size)
    bring(as_csv(table(register.before)), by)
    at_first, first_words = contents(), said()
    file = as_csv(table(register.rows)) if kind == "csv" else _book(register, kind)
    before = _memory()

    took: dict[str, float] = {}
    with _timed(took, "check"):
        batch = importing.begin(file, f"registre.{kind}", "Registre central", AS_OF, by=by)
        file.close()
        importing.match(batch.pk, batch.columns, by=by)
        batch = working.run(batch.pk)
    assert filed.summary(batch) == register.counts
    importing.decide_all(batch.pk, "new", by=by)
    with _timed(took, "apply"):
        importing.apply(batch.pk, by=by)
        batch = working.run(batch.pk)
    more = _memory() - before
    assert batch.state == "applied"

    sheet = open_sheet(error_file(batch))
    mended = register.correct(sheet.headings, [line for _number, line in sheet.rows])
    corrected = bring(as_csv(mended), by)
    assert filed.summary(corrected)["refused"] == 0
    assert Cooperative.objects.count() == size + register.counts["doubtful"]
    words = Revision.objects.count()
    with _timed(took, "again, when the register is full,"):
        again = bring(as_csv(table(register.truth)), by)
    assert filed.summary(again)["same"] == size
    assert Revision.objects.count() == words

    with _timed(took, "undo"):
        for one in (corrected, batch):
            importing.revert(one.pk, by=by)
            assert working.run(one.pk).counts["kept"] == 0
    assert (contents(), said()) == (at_first, first_words)
    times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items())
    print(f"\n{size} rows as {kind} on {connection.vendor}: {times}; {more} MB more", end="")
    assert took["check"] + took["apply"] < within
    assert took["again, when the register is full,"] < within
    assert more < MOST_MORE


def _book(register: Register, kind: str) -> Any:
    lines = table(register.rows)
    return ods_file(lines) if kind == "ods" else exports.xlsx_file(lines[0], lines[1:], "Registre")


def _memory() -> int:
    """Megabytes, at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def _timed(took: dict[str, float], name: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    took[name] = time.monotonic() - started


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_three_hundred_rows(kind: str) -> None:
    prove(300, kind, within=WITHIN)


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_thirty_thousand_rows(kind: str) -> None:
    prove(ROWS, kind, within=WITHIN)


def test_the_kinds_hold_the_same() -> None:
    lines = table(Register(60).rows)
    sheets = [open_sheet(file) for file in (as_csv(lines), xlsx_file(lines), ods_file(lines))]
    first, *others = [list(sheet.rows) for sheet in sheets]
    assert others == [first, first]
