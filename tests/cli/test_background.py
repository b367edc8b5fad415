from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from taawon.cli import background
from taawon.journal import clock


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> Event:
    for pause in ("LOOKS_EVERY", "TICKS_EVERY", "LOOKS_FOR_FILES_EVERY", "WAITS"):
        monkeypatch.setattr(background, pause, 0.001)
    # The test's own connection stays open.
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    monkeypatch.setattr("taawon.cli.background.connections.close_all", lambda: None)
    return Event()


def _task(**more: object) -> DBTaskResult:
    return DBTaskResult.objects.create(
        task_path="taawon.journal.tasks.deliver_pending",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        **{"queue_name": "default", **more},
    )


class _Ready:
    """Stands for the queue: gone twice, then there with one task, then empty."""

    def __init__(self, stop: Event) -> None:
        self.stop = stop
        self.answers: list[bool | Exception] = [
            OperationalError("gone\nhost=10.0.0.1"),
            OperationalError("gone"),
            True,
            False,
        ]

    def ready(self) -> _Ready:
        return self

    def exists(self) -> bool:
        answer = self.answers.pop(0)
        if not self.answers:
            self.stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_the_queue_survives_a_database_that_goes_away(
    stop: Event, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    queue, ran = _Ready(stop), []
    monkeypatch.setattr("taawon.cli.background.DBTaskResult.objects", queue)
    monkeypatch.setattr("taawon.cli.background.Worker.run", lambda self: ran.append(self.batch))
    said: list[str] = []
    monkeypatch.setattr("taawon.cli.background.log.warning", lambda *words: said.append(words[1]))

    background.run_queue(stop)

    assert queue.answers == []
    assert ran == [True]
    assert said == ["gone"]


def test_the_clock_survives_a_database_that_goes_away(
    stop: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks: list[int] = []

    def tick() -> list[str]:
        ticks.append(len(ticks))
        if len(ticks) < 3:
            raise OperationalError("gone")
        stop.set()
        return []

    monkeypatch.setattr(clock, "tick", tick)
    background.run_clock(stop)
    assert ticks == [0, 1, 2]


@pytest.mark.django_db
def test_old_tasks_are_forgotten() -> None:
    now = timezone.now()
    _task(status="SUCCESSFUL", finished_at=now - timedelta(hours=2))
    _task(status="FAILED", finished_at=now - timedelta(hours=2))
    _task(status="RUNNING", started_at=now - timedelta(days=2))
    kept = {
        _task(status="SUCCESSFUL", finished_at=now).pk,
        _task(status="RUNNING", started_at=now).pk,
        _task().pk,
    }
    background.prune_tasks()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


@pytest.mark.django_db
def test_the_index_command_says_when_another_writes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy() -> None:
        raise background.Busy

    monkeypatch.setattr("taawon.cli.background.follower.rebuild", busy)
    assert background.index([]) == 1
    assert "stop `taawon serve` first" in capsys.readouterr().err


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_is_told_of_its_tables() -> None:
    for number in range(3):
        _task(queue_name=f"q{number}")
    background.know_the_data()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1 WHERE tbl LIKE '%dbtaskresult'")
        assert cursor.fetchall() == [("django_tasks_database_dbtaskresult",)]


def test_files_are_worked_on_and_survive_a_database_that_goes_away(
    stop: Event, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: list[bool | Exception] = [OperationalError("gone"), True, True, False]
    seen: list[bool] = []

    def work(told_to_stop: Callable[[], bool]) -> bool:
        seen.append(told_to_stop())
        answer = answers.pop(0)
        if not answers:
            stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(background.working, "work_on_next", work)
    background.run_files(stop)
    assert (answers, seen) == ([], [False] * 4)
