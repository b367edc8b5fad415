"""Rows of old register files are erased; what people know of the file stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from taawon.cooperatives import filed, tasks
from taawon.cooperatives.errors import FileTooOld, WrongBatchState
from taawon.cooperatives.models import Cooperative, ImportBatch, ImportRow, Revision
from taawon.cooperatives.services import forgetting, importing
from taawon.core import batches
from taawon.core.actor import Actor
from taawon.journal.models import Entry
from tests.cooperatives.filing import (
    AMAL,
    WAFA,
    applied,
    begun,
    checked,
    entry,
    ground,
    reverted,
    without,
)
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def is_kept(batch: ImportBatch) -> bool:
    """Whether file and rows are there; half of it is an error."""
    batch.refresh_from_db()
    rows = ImportRow.objects.filter(batch=batch).exists()
    assert rows is bool(batch.file)
    return rows


def test_a_file_that_nobody_applied(clock):
    by = staff()
    batch, begun_only, back = checked(AMAL, WAFA, by=by), begun(AMAL, by=by), applied(AMAL, by=by)
    reverted(back, by)
    names = [batch.file, begun_only.file]
    clock.forward(days=29)
    tasks.forget_old_register_files()
    assert is_kept(batch)
    assert is_kept(back)

    clock.forward(days=2)
    tasks.forget_old_register_files()
    assert (is_kept(batch), is_kept(begun_only), is_kept(back)) == (False, False, False)
    assert [storages["private"].exists(name) for name in names] == [False, False]
    told = (batch.filename, batch.counts, batch.person_id, batch.state)
    assert told == ("r.csv", {"new": 2}, by.person_id, "checked")
    line = Entry.objects.get(
        subject=f"cooperatives.importbatch:{batch.pk}", name="register-file-forgotten"
    )
    assert (line.person_id, line.facts) == (None, {"batch_id": batch.pk})
    # Nothing is said twice.
    tasks.forget_old_register_files()
    assert Entry.objects.filter(name="register-file-forgotten").count() == 3


def test_an_applied_file_until_it_cannot_be_taken_back(clock, settings):
    settings.REGISTER_UNDO_DAYS = 60
    by = staff()
    batch, late = applied(AMAL, by=by), applied(WAFA, by=by)
    words = list(Revision.objects.order_by("pk").values_list("pk", "batch_id", "changes"))
    clock.forward(days=59)
    tasks.forget_old_register_files()
    assert is_kept(batch)
    assert reverted(late, by).state == "reverted"

    clock.forward(days=2)
    with pytest.raises(FileTooOld):
        importing.revert(batch.pk, by=by)
    assert is_kept(batch)
    tasks.forget_old_register_files()
    assert (is_kept(batch), is_kept(late), batch.state) == (False, True, "applied")
    assert entry().name_fr == "Amal"
    kept = Revision.objects.order_by("pk").values_list("pk", "batch_id", "changes")
    assert list(kept) == words[:1]


def test_a_failed_file_of_which_rows_are_in_may_still_be_taken_back(clock):
    by = staff()
    half, none = applied(AMAL, by=by), checked(WAFA, by=by)
    ImportBatch.objects.update(state="failed")
    clock.forward(days=100)
    tasks.forget_old_register_files()
    assert (is_kept(half), is_kept(none)) == (True, False)
    assert reverted(half, by).state == "reverted"


@pytest.mark.parametrize("state", ["checking", "applying", "reverting"])
def test_what_is_at_work_is_left_alone(state: str, clock):
    batch = checked(AMAL, by=staff())
    ImportBatch.objects.update(state=state)
    clock.forward(days=1_000)
    assert forgetting.forget_old(by=Actor.system()) == 0
    assert is_kept(batch)


def test_a_decision_is_a_step(clock):
    by = staff()
    batch = checked(AMAL, without(AMAL, numéro="3/2019"), by=by)
    row = ImportRow.objects.get(batch=batch, outcome="doubtful")
    for decide in (
        lambda: importing.decide(row.pk, "", by=by),
        lambda: importing.decide_all(batch.pk, "new", by=by),
    ):
        clock.forward(days=20)
        decide()
    clock.forward(days=20)
    assert forgetting.forget_old(by=Actor.system()) == 0
    clock.forward(days=11)
    assert forgetting.forget_old(by=Actor.system()) == 1
    assert not is_kept(batch)


def test_nothing_can_be_done_with_it_afterwards(clock):
    by = staff()
    batch, used = checked(AMAL, by=by), applied(WAFA, by=by)
    clock.forward(days=181)
    assert forgetting.forget_old(by=Actor.system()) == 2
    for call in (
        lambda: importing.match(batch.pk, batch.columns, by=by),
        lambda: importing.check(batch.pk, by=by),
        lambda: importing.decide_all(batch.pk, "new", by=by),
        lambda: importing.apply(batch.pk, by=by),
        lambda: importing.revert(used.pk, by=by),
    ):
        with pytest.raises(FileTooOld):
            call()
    assert [one.state for one in filed.batches(by=by)] == ["applied", "checked"]
    assert Cooperative.objects.count() == 1


def test_somebody_applies_it_at_that_moment(clock, monkeypatch: pytest.MonkeyPatch):
    by = staff()
    batch = checked(AMAL, by=by)
    clock.forward(days=31)
    mark = forgetting._mark

    def late(batch_id: int, *, by: Actor) -> bool:
        importing.apply(batch_id, by=someone)
        return mark(batch_id, by=by)

    someone = by
    monkeypatch.setattr(forgetting, "_mark", late)
    assert forgetting.forget_old(by=Actor.system()) == 0
    assert is_kept(batch)
    assert batch.state == "applying"


def test_a_killed_run_goes_on(clock, monkeypatch: pytest.MonkeyPatch):
    batch = checked(AMAL, WAFA, by=staff())
    clock.forward(days=31)

    def killed(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(batches, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            forgetting.forget_old(by=Actor.system())
    assert ImportRow.objects.count() == 2
    assert forgetting.forget_old(by=Actor.system()) == 0
    assert not is_kept(batch)


def test_what_waits_for_a_worker_is_not_called_too_old(clock):
    by = staff()
    batch = applied(AMAL, by=by)
    importing.revert(batch.pk, by=by)
    with pytest.raises(WrongBatchState):
        importing.revert(batch.pk, by=by)
    assert ImportBatch.objects.filter(changed_at__lt=timezone.now() - timedelta(days=181)).exists()
