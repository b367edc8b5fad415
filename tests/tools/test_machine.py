from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from tools import machine


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty PATH, where nothing is found yet; the folder is its PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    return tmp_path


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_what_is_there_is_not_installed_again(bare_machine: Path) -> None:
    program(bare_machine / "xgettext", "exit 0")
    machine.ensure("gettext")
    assert machine.gettext() == bare_machine / "xgettext"


def test_what_is_missing_is_named_in_one_line(bare_machine: Path) -> None:
    with pytest.raises(machine.Missing) as caught:
        machine.ensure("chromium", "gettext")
    assert str(caught.value) == (
        "Missing on this machine: chromium, gettext. "
        "On Debian: sudo apt-get install chromium gettext"
    )


def test_what_is_missing_is_installed(bare_machine: Path) -> None:
    said = bare_machine / "said"
    program(bare_machine / "env", 'shift; exec "$@"')
    program(
        bare_machine / "apt-get",
        f'echo "$@" >>{said}; : >{bare_machine}/xgettext; /bin/chmod +x {bare_machine}/xgettext',
    )

    machine.ensure("gettext")

    assert said.read_text().splitlines() == [
        "-qq update",
        "-qq install --yes --no-install-recommends gettext",
    ]


def test_without_rights_nothing_is_installed(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare_machine / "apt-get", "exit 0")
    program(bare_machine / "sudo", "exit 1")
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    with pytest.raises(machine.Missing):
        machine.ensure("gettext")


def test_an_old_postgresql_is_none(tmp_path: Path) -> None:
    program(tmp_path / "postgres", "echo 'postgres (PostgreSQL) 14.9 (Debian 14.9-1)'")
    assert machine.major(tmp_path) == 14
    program(tmp_path / "postgres", "echo 'postgres (PostgreSQL) 17beta1'")
    assert machine.major(tmp_path) == 17


def test_a_temporary_postgresql_leaves_nothing() -> None:
    with machine.temporary_postgresql() as url:
        with psycopg.connect(url) as connection:
            [data] = connection.execute("show data_directory").fetchone() or [""]
            assert connection.execute("show fsync").fetchone() == ("off",)
        assert os.path.isdir(data)
    assert not os.path.exists(data)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
