"""A whole dirty register: in, corrected by its error file, in again unchanged, taken back."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from typing import Any

import pytest

from taawon.cooperatives import filed
from taawon.cooperatives.history import FIELDS
from taawon.cooperatives.models import Cooperative, ImportBatch, Revision
from taawon.cooperatives.services import importing, working
from taawon.cooperatives.sheets import open_sheet
from taawon.search.models import Change
from taawon.web import exports
from tests.cooperatives.country import settle
from tests.cooperatives.dirty import DIRT, Register, as_csv, cells, table
from tests.factories import staff

AS_OF = date(2026, 3, 1)


def bring(file: io.BytesIO, by: Any, decision: str = "new") -> ImportBatch:
    """All the way in; every doubtful row is decided."""
    batch = importing.begin(file, "registre.csv", "Registre central", AS_OF, by=by)
    importing.match(batch.pk, batch.columns, by=by)
    working.run(batch.pk)
    importing.decide_all(batch.pk, decision, by=by)
    importing.apply(batch.pk, by=by)
    return working.run(batch.pk)


def contents() -> list[dict[str, Any]]:
    return list(Cooperative.objects.order_by("pk").values("pk", "slug", "region_id", *FIELDS))


def said() -> list[tuple[Any, ...]]:
    """What holds: of what was taken back an entry keeps that it was there."""
    held = Revision.objects.exclude(changes={}).order_by("pk")
    return list(held.values_list("pk", "source", "batch_id", "changes"))


def error_file(batch: ImportBatch) -> io.BytesIO:
    lines = exports.csv_lines(filed.error_headings(batch), filed.error_rows(batch))
    return io.BytesIO("".join(lines).encode())


@pytest.mark.django_db
@pytest.mark.parametrize("size", [600])
def test_a_dirty_register(size: int) -> None:
    prove(size)


def prove(size: int) -> None:
    settle()
    by = staff()
    register = Register(size)
    bring(as_csv(table(register.before)), by)
    at_first, first_words = contents(), said()

    batch = importing.begin(
        as_csv(table(register.rows)), "registre.csv", "Registre central", AS_OF, by=by
    )
    importing.match(batch.pk, batch.columns, by=by)
    batch = working.run(batch.pk)
    assert (batch.state, batch.done, batch.total) == ("checked", size, size)
    assert filed.summary(batch) == register.counts
    assert problems_of(batch) == {
        number: [DIRT[kind][2]] for number, kind in register.wrong.items()
    }
    # A dry run changes nothing.
    assert (contents(), said()) == (at_first, first_words)

    importing.decide_all(batch.pk, "new", by=by)
    importing.apply(batch.pk, by=by)
    batch = working.run(batch.pk)
    refused = register.counts["refused"]
    assert (batch.state, batch.done) == ("applied", size - refused - register.counts["same"])
    assert Cooperative.objects.count() == len(register.before) + (
        register.counts["new"] + register.counts["doubtful"]
    )

    sheet = open_sheet(error_file(batch))
    mended = register.correct(sheet.headings, [line for _number, line in sheet.rows])
    assert len(mended) == refused + 1
    corrected = bring(as_csv(mended), by)
    assert filed.summary(corrected)["refused"] == 0
    assert Cooperative.objects.count() == size + register.counts["doubtful"]

    then, then_words, fed = contents(), said(), Change.objects.count()
    for lines in (table(register.rows), mended, table(register.truth)):
        again = bring(as_csv(lines), by)
        assert filed.summary(again)["new"] == filed.summary(again)["changed"] == 0
        assert filed.summary(again)["doubtful"] == 0
    assert (contents(), said(), Change.objects.count()) == (then, then_words, fed)

    for one in (corrected, batch):
        importing.revert(one.pk, by=by)
        assert working.run(one.pk).state == "reverted"
        one.refresh_from_db()
        assert (one.counts["kept"], one.counts["inactive"]) == (0, 0)
    assert contents() == at_first
    assert said() == first_words


def problems_of(batch: ImportBatch) -> dict[int, list[str]]:
    return {
        row.number: [problem["code"] for problem in row.problems]
        for row in filed.rows(batch.pk, "refused")
    }


def test_the_register_is_the_same_every_time() -> None:
    one = Register(600)
    assert one.rows == Register(600).rows
    assert Counter(one.wrong.values()) == {
        **dict.fromkeys(DIRT, 1),
        **dict.fromkeys(sorted(DIRT)[:4], 2),
    }
    assert one.counts == {"new": 565, "changed": 6, "same": 6, "doubtful": 5, "refused": 18}
    assert len(cells(one.rows[0])) == 22
