from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from taawon.search import documents, feed, follower, index, query
from taawon.search.models import Change
from tests.search.conftest import Notes

pytestmark = pytest.mark.django_db(transaction=True)


def _change(*ids: int) -> None:
    with transaction.atomic():
        feed.changed("note", *ids)


def _found(words: str = "") -> tuple[int, ...]:
    return query.find("note", words=words, sort="newest").ids


def test_without_an_index_it_is_built(notes: Notes) -> None:
    notes.put(1, "Miel")
    assert query.find("note") == query.NOT_READY
    assert not follower.is_complete()

    assert follower.follow_once() == 0

    assert _found() == (1,)
    assert follower.is_complete()


def test_what_changes_is_followed(notes: Notes) -> None:
    notes.put(1, "Miel de thym")
    notes.put(2, "Savon noir")
    follower.follow_once()
    notes.put(2, "Savon beldi")
    notes.put(3, "Amlou")
    del notes.rows[1]
    _change(1, 2, 3, 2)

    assert follower.follow_once() == 3
    assert _found() == (2, 3)
    assert _found("noir") == ()
    assert _found("beldi") == (2,)
    assert follower.follow_once() == 0


def test_other_kinds_move_its_place(notes: Notes) -> None:
    follower.follow_once()
    with transaction.atomic():
        feed.changed("other", 9)
    notes.built.clear()

    assert follower.follow_once() == 0
    assert notes.built == []
    build = index.current(documents.kind("note"))
    assert build is not None
    assert index.read_line(build) == feed.last()


def test_more_lines_than_are_read_at_once(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "LINES", 3)
    follower.follow_once()
    for id in range(1, 9):
        notes.put(id, "Miel")
        _change(id)

    assert follower.follow_once() == 8
    assert _found() == (1, 2, 3, 4, 5, 6, 7, 8)


def test_a_crash_between_commit_and_place_is_harmless(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower.follow_once()
    notes.put(1, "Miel")
    _change(1)
    with monkeypatch.context() as patch:
        patch.setattr(index, "write_line", _fail)
        with pytest.raises(OSError, match="full"):
            follower.follow_once()

    assert follower.follow_once() == 1
    assert _found() == (1,)
    assert query.find("note").count == 1


def _fail(*_: object) -> None:
    raise OSError("full")


def test_a_build_that_fails_leaves_the_old_one(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.put(1, "Miel")
    follower.follow_once()
    before = sorted(path.name for path in index.home().rglob("*.json"))
    monkeypatch.setattr(index.Writer, "commit", _fail)

    with pytest.raises(OSError, match="full"):
        follower.rebuild()

    assert _found() == (1,)
    assert sorted(path.name for path in index.home().rglob("*.json")) == before


def test_only_one_process_writes(notes: Notes) -> None:
    with index.only_writer(), pytest.raises(index.Busy):
        follower.follow_once()


@pytest.mark.parametrize("name", ["meta.json", "*.idx", "*.fast"])
def test_a_damaged_index_is_built_again(notes: Notes, name: str) -> None:
    notes.put(1, "Miel")
    follower.follow_once()
    build = index.current(documents.kind("note"))
    assert build is not None
    for path in build.glob(name):
        path.write_bytes(b"?")

    follower.follow_once()

    assert _found("miel") == (1,)
    assert index.current(documents.kind("note")) != build


def test_new_fields_make_a_new_index(notes: Notes) -> None:
    notes.put(1, "Miel")
    follower.follow_once()
    old = index.folder(documents.kind("note"))
    documents.register(
        "note", notes.build, notes.all_ids, facets=("region",), numbers=("price",), sort="price"
    )
    follower.follow_once()

    assert query.find("note", words="miel").ids == (1,)
    assert not old.exists()
    assert index.folder(documents.kind("note")).exists()


def test_one_that_stood_still_too_long_starts_again(notes: Notes) -> None:
    follower.follow_once()
    for id in (1, 2, 3):
        notes.put(id, "Miel")
        _change(id)
    Change.objects.update(at=timezone.now() - timedelta(days=8))
    feed.prune()
    notes.put(4, "Miel")

    follower.follow_once()

    assert _found() == (1, 2, 3, 4)


def test_another_database_is_not_mistaken_for_this_one(notes: Notes) -> None:
    notes.put(1, "Miel")
    follower.follow_once()
    Change.objects.all().delete()
    del notes.rows[1]
    feed.mark()

    follower.follow_once()

    assert _found() == ()


def test_a_database_that_goes_away_is_waited_for(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "PAUSE", 0.01)
    monkeypatch.setattr(follower, "LONG_PAUSE", 0.01)
    stop = threading.Event()
    answers = [OperationalError("gone"), ValueError("index"), None]
    real = follower.Follower.follow

    def follow(self: follower.Follower) -> int:
        problem = answers.pop(0)
        if problem is not None:
            raise problem
        stop.set()
        return real(self)

    monkeypatch.setattr(follower.Follower, "follow", follow)
    monkeypatch.setattr("taawon.search.follower.connections.close_all", lambda: None)
    notes.put(1, "Miel")
    follower.run_forever(stop)

    assert answers == []
    assert _found() == (1,)


@pytest.mark.postgres
def test_it_does_not_pass_a_transaction_in_flight(notes: Notes) -> None:
    """The earlier transaction commits later: its line has the lower numbers, and must be found."""
    follower.follow_once()
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                feed.changed("note", 1)
                written.set()
                may_commit.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    try:
        assert written.wait(30)
        notes.put(1, "Miel")
        notes.put(2, "Savon")
        _change(2)

        assert follower.follow_once() == 0
        assert _found() == ()
    finally:
        may_commit.set()
        thread.join()

    assert follower.follow_once() == 2
    assert _found() == (1, 2)


def test_the_index_lies_in_the_data_folder(notes: Notes, settings: Settings) -> None:
    follower.follow_once()
    [folder] = (settings.HOME / "index").glob("note-*")
    assert (folder / "current").exists()
