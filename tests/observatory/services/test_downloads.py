from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from taawon.core.actor import Actor
from taawon.core.errors import Invalid
from taawon.journal.models import Entry
from taawon.observatory.models import Download
from taawon.observatory.register import Filters
from taawon.observatory.services import downloads
from taawon.observatory.states import DownloadState, Form
from taawon.observatory.tasks import prune_downloads, renew_downloads, sweep_downloads
from tests.factories import actor
from tests.observatory.build import three

pytestmark = pytest.mark.django_db
State = DownloadState


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nudges are counted, and nobody hears them."""
    nudges: list[int] = []
    monkeypatch.setattr(downloads, "make_waiting", _Task(nudges))
    return nudges


class _Task:
    def __init__(self, nudges: list[int]) -> None:
        self.nudges = nudges

    def enqueue(self) -> None:
        self.nudges.append(1)


def read(download: Download) -> Any:
    with storages["private"].open(download.file) as file:
        return json.loads(file.read())


def test_a_file_is_made_of_what_is_asked_for() -> None:
    first, _, _ = three()
    asked = downloads.ask("json", Filters(region="MA-09", women="yes"), by=actor())

    made = Download.objects.get(pk=asked.pk)
    assert (made.state, made.rows, made.rows_done, made.tries) == (State.READY, 1, 1, 1)
    assert made.file.startswith("observatory/")
    assert len(made.file) > 40
    assert made.size == storages["private"].size(made.file)
    found = read(made)
    assert [row["id"] for row in found["cooperatives"]] == [first.pk]
    assert found["filters"] == {"region": "MA-09", "women": "yes"}
    assert list(Entry.objects.order_by("pk").values_list("name", "facts")) == [
        ("download-asked", {"download_id": made.pk, "form": "json"}),
        ("download-made", {"download_id": made.pk, "rows": 1}),
    ]


def test_it_serves_for_a_day(clock: Any) -> None:
    three()
    first = downloads.ask("csv", Filters(), by=actor())
    clock.forward(hours=23)
    assert downloads.ask("csv", Filters(), by=actor()) == first
    assert downloads.ask("csv", Filters(women="no"), by=actor()) != first
    assert downloads.ask("xlsx", Filters(), by=actor()) != first
    clock.forward(hours=2)
    assert downloads.ask("csv", Filters(), by=actor()) != first


def test_two_wait_for_one_file(no_worker: list[int]) -> None:
    first = downloads.ask("csv", Filters(), by=actor())
    assert downloads.ask("csv", Filters(), by=actor()) == first
    assert first.state == State.WAITING
    assert (len(no_worker), Download.objects.count()) == (1, 1)
    assert Entry.objects.filter(name="download-asked").count() == 1


@pytest.mark.parametrize(
    ("form", "filters", "field"),
    [
        ("pdf", Filters(), "form"),
        ("csv", Filters(region="MA-99"), "region"),
        ("csv", Filters(sector="\x00"), "sector"),
        ("csv", Filters(women="maybe"), "women"),
    ],
)
def test_what_nobody_can_make(form: str, filters: Filters, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        downloads.ask(form, filters, by=actor())
    assert refusal.value.field == field
    assert Download.objects.count() == 0


def test_a_lost_nudge_is_given_again(no_worker: list[int]) -> None:
    sweep_downloads()
    assert no_worker == []
    downloads.ask("csv", Filters(), by=actor())
    sweep_downloads()
    assert len(no_worker) == 2


def test_the_whole_register_is_always_there(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    three()
    renew_downloads()
    assert Download.objects.count() == 0  # small enough to be sent as it is read

    monkeypatch.setattr(downloads, "LARGE", 3)
    renew_downloads()
    assert sorted(Download.objects.values_list("form", "state")) == sorted(
        (form, State.READY) for form in Form.values
    )
    assert downloads.renew(by=Actor.system()) == 0
    clock.forward(hours=21)
    assert downloads.renew(by=Actor.system()) == 4


def test_old_files_go(clock: Any, no_worker: list[int]) -> None:
    storage = storages["private"]
    old = storage.save("observatory/old.csv", ContentFile(b"old"))
    young = storage.save("observatory/young.csv", ContentFile(b"young"))
    Download.objects.create(form="csv", state=State.READY, file=old, made_at=timezone.now())
    waiting = downloads.ask("json", Filters(), by=actor())
    clock.forward(days=4)
    now = clock.now()
    kept = Download.objects.create(form="csv", state=State.READY, file=young, asked_at=now)
    lonely = storage.save("observatory/lonely.csv", ContentFile(b"lonely"))

    prune_downloads()

    assert set(Download.objects.values_list("pk", flat=True)) == {waiting.pk, kept.pk}
    assert [storage.exists(name) for name in (old, lonely, young)] == [False, False, True]
    storage.delete(young)


def test_a_file_that_was_just_written_is_left_alone() -> None:
    storage = storages["private"]
    fresh = storage.save("observatory/fresh.csv", ContentFile(b"fresh"))
    assert downloads.prune(by=Actor.system()) == 0
    assert storage.exists(fresh)
    assert storage.get_modified_time(fresh) > timezone.now() - timedelta(minutes=5)
    storage.delete(fresh)
