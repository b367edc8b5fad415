"""Several workers, servers and readers at the same moment: real threads on a real database."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from taawon.core.actor import Actor
from taawon.journal.models import Entry
from taawon.observatory.models import Download, Snapshot
from taawon.observatory.register import Filters
from taawon.observatory.services import downloads, making, snapshots
from taawon.observatory.states import DownloadState, Form
from tests.api.test_at_once import at_once
from tests.factories import actor
from tests.observatory.build import three

pytestmark = pytest.mark.django_db(transaction=True)


def test_six_clocks_take_one_snapshot() -> None:
    three()
    month = snapshots.month_of(timezone.now())
    taken = at_once([lambda: snapshots.take(month, by=Actor.system()) for _ in range(6)])
    assert len({one.sha256 for one in taken}) == 1
    assert len(taken) == 6
    assert Snapshot.objects.count() == 1
    assert Entry.objects.filter(name="snapshot-taken").count() == 1


def test_six_people_wait_for_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    three()
    monkeypatch.setattr(making, "make_waiting", lambda: 0)
    asked = at_once([lambda: downloads.ask("csv", Filters(), by=actor()) for _ in range(6)])
    assert len(asked) == 6
    assert {one.pk for one in asked} == {Download.objects.get().pk}
    assert Entry.objects.filter(name="download-asked").count() == 1


def test_three_makers_make_each_file_once() -> None:
    three()
    for form in Form.values:
        Download.objects.create(form=form)
    made = at_once([making.make_waiting for _ in range(3)])
    assert sum(made) == 4
    assert set(Download.objects.values_list("state", "tries")) == {(DownloadState.READY, 1)}
    assert Entry.objects.filter(name="download-made").count() == 4
    for download in Download.objects.all():
        storages["private"].delete(download.file)
