"""A file of which nothing came in is thrown away."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages

from taawon.cooperatives.errors import FileTooOld, WrongBatchState
from taawon.cooperatives.models import ImportBatch, ImportRow
from taawon.cooperatives.services import forgetting, importing
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from tests import trail
from tests.cooperatives.filing import AMAL, applied, begun, checked, entry, ground
from tests.factories import actor, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


@pytest.mark.parametrize("step", [begun, checked])
def test_its_bytes_go_at_once_and_its_rows_with_those_of_old_files(step) -> None:
    by = staff()
    batch = step(AMAL, by=by)
    kept = batch.file
    importing.discard(batch.pk, by=by)
    batch.refresh_from_db()
    assert (batch.state, batch.file, storages["private"].exists(kept)) == ("discarded", "", False)
    assert trail.events()[-1] == (
        "register-file-discarded",
        f"cooperatives.importbatch:{batch.pk}",
    )
    forgetting.forget_old(by=Actor.system())
    assert ImportRow.objects.count() == 0
    for again in (importing.discard, importing.apply, importing.check):
        with pytest.raises((FileTooOld, WrongBatchState)):
            again(batch.pk, by=by)


def test_what_came_in_is_taken_back_instead() -> None:
    by = staff()
    batch = applied(AMAL, by=by)
    with pytest.raises(WrongBatchState):
        importing.discard(batch.pk, by=by)
    # It failed in the middle.
    ImportBatch.objects.update(state="failed")
    with pytest.raises(WrongBatchState):
        importing.discard(batch.pk, by=by)
    batch.refresh_from_db()
    assert (batch.state, entry().women) == ("failed", 12)
    with pytest.raises(NotFound):
        importing.discard(batch.pk, by=actor())
