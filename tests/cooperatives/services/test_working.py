from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from taawon.cooperatives.models import ImportBatch
from taawon.cooperatives.services import checking, importing, working
from taawon.core.actor import Actor
from tests.cooperatives.filing import AMAL, WAFA, begun, ground
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def matched(*rows: tuple[str, ...], by: Actor | None = None) -> ImportBatch:
    by = by or staff()
    batch = begun(*rows, by=by)
    return importing.match(batch.pk, batch.columns, by=by)


def state(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_files_wait_for_their_turn():
    first, second = matched(AMAL), matched(WAFA)
    begun(AMAL, by=staff())
    assert working.work_on_next() is True
    assert (state(first), state(second)) == ("checked", "checking")
    assert working.work_on_next() is True
    assert working.work_on_next() is False
    assert state(second) == "checked"


def test_a_worker_that_dies_is_missed(clock, monkeypatch: pytest.MonkeyPatch):
    batch = matched(AMAL)

    def die(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(checking, "run", die)
        with pytest.raises(KeyboardInterrupt):
            working.work_on_next()
    # It may be at work yet.
    clock.forward(seconds=29)
    assert working.work_on_next() is False
    clock.forward(seconds=2)
    assert working.work_on_next() is True
    assert state(batch) == "checked"


def test_told_to_stop_it_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "CHUNK", 1)
    batch = matched(AMAL, WAFA)
    assert working.work_on_next(lambda: True) is True
    assert (state(batch), batch.done) == ("checking", 1)
    assert working.work_on_next() is True
    assert (state(batch), batch.done) == ("checked", 2)


def test_a_file_that_broke_is_failed_in_words():
    by = staff(language="en")
    batch = matched(AMAL, by=by)
    storages["private"].delete(batch.file)
    storages["private"].save(batch.file, ContentFile(b"%PDF-1.7"))
    assert working.run(batch.pk).state == "failed"
    batch.refresh_from_db()
    assert batch.problem == "This is not a table: send a file in CSV, XLSX or ODS."
    # It may be tried again with other columns, and fails again.
    importing.match(batch.pk, batch.columns, by=by)
    assert working.run(batch.pk).state == "failed"


def test_what_nobody_foresaw_fails_too(monkeypatch: pytest.MonkeyPatch, caplog):
    batch = matched(AMAL)

    def broken(*_words: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(checking, "run", broken)
    assert working.run(batch.pk).state == "failed"
    assert f"could not be worked on: {batch.pk}" in caplog.text


def test_what_is_done_is_done():
    batch = matched(AMAL)
    working.run(batch.pk)
    assert working.run(batch.pk).state == "checked"
