"""The command line, and the processes that it starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from taawon import cli
from taawon.cli import machine, processes, serve
from taawon.cli.processes import Child

# Processes that do nothing, by the word that starts them.
PROGRAMS = {
    "sleeper": "import sys, time; open(sys.argv[1], 'a').write('x'); time.sleep(60)",
    "failing": "import sys; sys.exit(3)",
}


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAAWON_HOME", str(tmp_path / "data"))
    for name in ("PORT", "TAAWON_PORT", "TAAWON_HOST"):
        monkeypatch.delenv(name, raising=False)


def _until(true: Callable[[], bool]) -> None:
    """Wait for another process; fails after ten seconds."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        signal.sigtimedwait([], 0.01)


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0
    told = capsys.readouterr().out
    assert all(f"taawon {name}" in told for name in ("demo", "serve", "worker", "check"))


def test_a_setting_that_is_wrong_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAAWON_PORT", "eighty")
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().err == "TAAWON_PORT is 'eighty'; write a whole number.\n"


def test_what_is_not_ours_is_djangos(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diffsettings", "--default", "tests.settings"]) == 0
    assert "SITE_NAME" not in capsys.readouterr().err


def test_where_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (machine.host(), machine.port()) == ("127.0.0.1", 8000)
    monkeypatch.setenv("TAAWON_PORT", "8001")
    assert machine.port() == 8001
    monkeypatch.setenv("PORT", "8002")
    assert machine.port() == 8002
    monkeypatch.setenv("PORT", "x")
    with pytest.raises(ImproperlyConfigured):
        machine.port()


def test_a_port_that_is_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve.socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        assert serve.serve([]) == 1
    assert "PORT=… chooses another" in capsys.readouterr().err


def test_static_files_are_collected_when_they_change(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[tuple[str, ...]] = []

    def collect(*words: str) -> int:
        (machine.home() / "static").mkdir(parents=True, exist_ok=True)
        collected.append(words)
        return 0

    monkeypatch.setattr(serve, "run", collect)
    assert serve.static_files()
    assert serve.static_files()
    assert collected == [("collectstatic", "--noinput", "--verbosity", "0")]

    monkeypatch.setattr(serve, "_fingerprint", lambda: "others")
    monkeypatch.setattr(serve, "run", lambda *words: 1)
    assert not serve.static_files()


@pytest.fixture
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(*words: str) -> list[str]:
        return [sys.executable, "-c", PROGRAMS[words[0]], *words[1:]]

    monkeypatch.setattr(processes, "command", command)
    monkeypatch.setattr(processes, "TICK", 0.01)
    before = {number: signal.getsignal(number) for number in (15, 2, 1)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    os.environ.pop("TAAWON_PARENT_PROCESS", None)


@pytest.mark.usefixtures("_programs")
def test_told_to_stop_it_stops_all(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = Child(("sleeper", str(log)))
    told: list[int] = []

    def tell() -> bool:
        if log.exists() and log.read_text() == "x":
            told.append(child.process.pid if child.process else 0)
            os.kill(os.getpid(), signal.SIGTERM)
            return True
        return False

    assert processes.supervise([child], tell) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(told[0], 0)


@pytest.mark.usefixtures("_programs")
def test_one_that_dies_is_started_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = Child(("sleeper", str(log)))
    killed: list[int] = []

    def tell() -> bool:
        lives = len(log.read_text()) if log.exists() else 0
        if child.process is not None and lives == 1 and not killed:
            killed.append(child.process.pid)
            child.process.kill()
        if lives == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return lives == 2

    assert processes.supervise([child], tell) == 0
    assert child.failures == 1


@pytest.mark.usefixtures("_programs")
def test_without_a_vital_one_there_is_no_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(processes, "MOST_FAILURES", 1)
    children = [Child(("failing",), vital=True), Child(("sleeper", str(tmp_path / "log")))]
    assert processes.supervise(children) == 1
    assert capsys.readouterr().err == "taawon failing ended with code 3\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own signal; others look")
def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    grandchild = (
        "import os, sys, time; from taawon.config import lifeline; lifeline.end_with_parent(); "
        f"open({str(log)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    )
    child = (
        "import subprocess, sys, time; from taawon.config import lifeline; lifeline.hold(); "
        f"subprocess.Popen([sys.executable, '-c', {grandchild!r}]); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", child])
    _until(lambda: log.exists() and log.read_text() != "")
    pid = int(log.read_text())

    parent.kill()
    parent.wait()

    _until(lambda: not _lives(pid))


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_parent_that_is_gone_already(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Sequence[int]] = []
    monkeypatch.setattr(processes.lifeline.os, "kill", lambda *given: told.append(given))
    monkeypatch.setattr(processes.lifeline.sys, "platform", "elsewhere")
    monkeypatch.setattr(processes.lifeline.threading, "Thread", _NoThread)
    monkeypatch.setenv(processes.lifeline.PARENT, "1")
    monkeypatch.setattr(processes.lifeline.os, "getppid", lambda: 77)
    processes.lifeline.end_with_parent()
    assert told == [(os.getpid(), signal.SIGTERM)]
    processes.lifeline.end_with_parent()
    assert len(told) == 1


class _NoThread:
    def __init__(self, **_given: object) -> None:
        pass

    def start(self) -> None:
        pass
