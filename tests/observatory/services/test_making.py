from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import storages

from taawon.core.actor import Actor
from taawon.journal.models import Entry
from taawon.observatory import register
from taawon.observatory.models import Download
from taawon.observatory.register import Filters
from taawon.observatory.services import making
from taawon.observatory.states import DownloadState
from tests.observatory.build import three

pytestmark = pytest.mark.django_db
State = DownloadState


def waiting(**more: Any) -> Download:
    return Download.objects.create(form="json", **more)


def files() -> list[str]:
    storage = storages["private"]
    if not storage.exists(making.FOLDER):
        return []
    return sorted(storage.listdir(making.FOLDER)[1])


def pieces(monkeypatch: pytest.MonkeyPatch, happen: Any) -> None:
    """Something happens after the first piece of the register."""
    real = register.chunks

    def chunks(filters: Filters) -> Iterator[list[register.Row]]:
        for number, chunk in enumerate(real(filters, 1)):
            yield chunk
            if number == 0:
                happen()

    monkeypatch.setattr(register, "chunks", chunks)


def test_the_oldest_first_and_all_of_them() -> None:
    three()
    first, second = waiting(), waiting(womens="yes")
    assert making.make_waiting() == 2
    entries = Entry.objects.filter(name="download-made").order_by("pk")
    assert [entry.facts["download_id"] for entry in entries] == [first.pk, second.pk]
    assert [entry.facts["rows"] for entry in entries] == [3, 2]
    assert making.make_waiting() == 0


def test_it_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    three()
    download = waiting(rows=3)
    seen: list[tuple[str, int, int]] = []

    def look() -> None:
        found = Download.objects.get(pk=download.pk)
        seen.append((found.state, found.rows_done, found.percent))

    real = register.chunks

    def chunks(filters: Filters) -> Iterator[list[register.Row]]:
        for chunk in real(filters, 1):
            look()
            yield chunk

    monkeypatch.setattr(register, "chunks", chunks)
    making.make_waiting()
    assert seen == [(State.MAKING, 0, 0), (State.MAKING, 1, 33), (State.MAKING, 2, 66)]


def test_a_killed_maker_loses_nothing(clock: Any) -> None:
    """It claimed the file and was never heard of again."""
    three()
    download = waiting(state=State.MAKING, claim="dead", heard_at=clock.now(), tries=1, rows_done=2)
    clock.forward(seconds=100)
    assert making.requeue_lost(by=Actor.system()) == 0
    clock.forward(seconds=30)
    assert making.requeue_lost(by=Actor.system()) == 1
    assert making.make_waiting() == 1
    download.refresh_from_db()
    assert (download.state, download.rows, download.tries) == (State.READY, 3, 2)


def test_whoever_was_believed_dead_spoils_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    three()
    download = waiting()
    before = files()

    def others_take_it() -> None:
        Download.objects.filter(pk=download.pk).update(claim="theirs")

    pieces(monkeypatch, others_take_it)
    assert making.make_waiting() == 0
    download.refresh_from_db()
    assert (download.state, download.claim, download.file) == (State.MAKING, "theirs", "")
    assert files() == before
    assert Entry.objects.filter(name="download-made").count() == 0


def test_what_cannot_be_made_is_tried_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    three()
    download = waiting()
    before = files()

    def fail() -> None:
        raise RuntimeError("the disk is on fire")

    pieces(monkeypatch, fail)
    for tries in (1, 2, 3):
        assert making.make_waiting() == 0
        assert making.requeue_lost(by=Actor.system()) == (1 if tries < 3 else 0)
        download.refresh_from_db()
        assert download.tries == tries
    assert download.state == State.FAILED
    assert files() == before


def test_a_maker_that_dies_three_times_has_failed(clock: Any) -> None:
    download = waiting(state=State.MAKING, claim="dead", heard_at=clock.now(), tries=3)
    clock.forward(minutes=5)
    assert making.requeue_lost(by=Actor.system()) == 1
    download.refresh_from_db()
    assert (download.state, download.claim) == (State.FAILED, "")
