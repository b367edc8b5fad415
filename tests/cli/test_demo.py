from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from taawon.cli import demo, machine, prepare, serve
from taawon.demo import load
from tests.factories import PersonFactory


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("TAAWON_") or name == "PORT"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TAAWON_HOME", str(tmp_path / "data"))
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would have been run; each succeeds."""
    ran: list[tuple[str, ...]] = []

    def run(*words: str) -> int:
        ran.append(words)
        return 0

    monkeypatch.setattr(demo, "run", run)
    monkeypatch.setattr(serve, "ready_to_listen", lambda: True)
    monkeypatch.setattr(serve, "static_files", lambda: True)
    monkeypatch.setattr(
        demo, "supervise", lambda children, tell: ran.append(tuple(c.name for c in children)) or 0
    )
    return ran


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_an_open_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, commands: list[tuple[str, ...]], host: str
) -> None:
    monkeypatch.setenv("TAAWON_HOST", host)
    assert demo.demo([]) == 1
    assert commands == []
    assert not machine.home().exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, commands: list[tuple[str, ...]], host: str
) -> None:
    monkeypatch.setenv("TAAWON_HOST", host)
    monkeypatch.setenv("TAAWON_DEBUG", "yes")
    monkeypatch.setenv("PORT", "8123")

    assert demo.demo(["--small"]) == 0

    assert commands == [("prepare-demo", "--small"), ("web", "follow", "worker")]
    assert os.environ["TAAWON_DEMO"] == "yes"
    assert os.environ["TAAWON_DEBUG"] == "no"
    shown = f"[{host}]" if ":" in host else host
    assert os.environ["TAAWON_SITE_URL"] == f"http://{shown}:8123"


def test_the_secret_is_kept_and_nobody_elses(commands: list[tuple[str, ...]]) -> None:
    assert demo.demo([]) == 0
    key = machine.home() / "secret-key"
    secret = key.read_text()
    assert len(secret) >= 60
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert demo.demo([]) == 0
    assert key.read_text() == secret


def test_a_word_that_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.demo(["--resett"]) == 2
    assert "--resett" in capsys.readouterr().err


def test_nothing_starts_when_something_fails(
    monkeypatch: pytest.MonkeyPatch, commands: list[tuple[str, ...]]
) -> None:
    monkeypatch.setattr(demo, "run", lambda *words: 1)
    assert demo.demo([]) == 1
    assert commands == []


def test_one_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with demo.alone():
        assert demo.demo(["--reset"]) == 1
    assert "already runs" in capsys.readouterr().err


def test_reset_takes_away_what_it_made(commands: list[tuple[str, ...]]) -> None:
    assert demo.demo([]) == 0
    home = machine.home()
    for name in ("taawon.sqlite3", "taawon.sqlite3-wal"):
        (home / name).write_text("x")
    (home / "media" / "a").mkdir(parents=True)

    assert demo.demo(["--reset"]) == 0

    assert commands[-1] == ("erase-demo",)
    assert not home.exists()


def test_reset_leaves_what_was_there(commands: list[tuple[str, ...]]) -> None:
    home = machine.home()
    (home / "media").mkdir(parents=True)
    (home / "notes.txt").write_text("mine")
    assert demo.demo([]) == 0
    assert json.loads((home / demo.MARK).read_text()) == {
        "made_folder": False,
        "was_here_before": ["media"],
    }

    assert demo.demo(["--reset"]) == 0

    assert sorted(path.name for path in home.iterdir()) == ["media", "notes.txt"]


def test_reset_stops_where_the_database_is_not_its_own(
    monkeypatch: pytest.MonkeyPatch, commands: list[tuple[str, ...]]
) -> None:
    assert demo.demo([]) == 0
    (machine.home() / "taawon.sqlite3").write_text("x")
    monkeypatch.setattr(demo, "run", lambda *words: 1)
    assert demo.demo(["--reset"]) == 1
    assert (machine.home() / "taawon.sqlite3").exists()


def test_the_address_is_told_once_it_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["connection refused", '{"index": "not built yet"}', None]
    monkeypatch.setattr(demo, "_lacking", lambda address: answers.pop(0))
    monkeypatch.setenv("PORT", "8124")
    announce = demo.Announcement(0.0)

    assert [announce(), announce()] == [False, False]
    assert capsys.readouterr().out == ""
    assert announce()

    told = capsys.readouterr().out
    assert "http://127.0.0.1:8124 " in told
    assert "http://127.0.0.1:8124/demo/\n" in told
    assert "http://127.0.0.1:8124/demo/phones/\n" in told
    assert "06 " in told


def test_when_it_does_not_answer_it_says_what_is_lacking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "_lacking", lambda address: "no index")
    monkeypatch.setattr(demo, "PATIENCE", -1.0)
    assert demo.Announcement(0.0)()
    assert "not ready: no index" in capsys.readouterr().err


@pytest.mark.django_db
def test_an_empty_database_is_taken() -> None:
    assert prepare.foreign() is None


@pytest.mark.django_db
def test_data_of_others_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    person = PersonFactory()
    assert prepare.demo([]) == 1
    assert prepare.erase([]) == 1
    assert "left alone" in capsys.readouterr().err
    person.refresh_from_db()


@pytest.mark.django_db
def test_its_own_data_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    PersonFactory()
    monkeypatch.setattr(load, "is_seeded", lambda: True)
    assert prepare.foreign() is None


@pytest.mark.sqlite
@pytest.mark.django_db
def test_what_sqlite_keeps_for_itself_is_not_others() -> None:
    PersonFactory()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        assert "sqlite_stat1" in connection.introspection.table_names(cursor)
    assert "other tables" not in (prepare.foreign() or "")


@pytest.mark.django_db
def test_tables_of_others_are_left_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE aaa_of_others (id integer)")
    assert "aaa_of_others" in (prepare.foreign() or "")
