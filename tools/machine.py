"""What the machine must have beside Python, and a PostgreSQL of one's own for a while.

    python tools/machine.py ensure postgresql chromium gettext
    python tools/machine.py with-postgres COMMAND …    (TAAWON_DATABASE_URL is set for it)

Uses the standard library alone: it also runs before anything is installed.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

OLDEST_POSTGRESQL = 15


FAKE_CENTRE = Path("/usr/lib/kannel/test/fakesmsc")


class Missing(Exception):
    """Something that the machine lacks, in one line for the person in front of it."""


def postgresql() -> Path | None:
    """The folder of the newest server programs that are new enough."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    found = [(major(folder), folder) for folder in folders if (folder / "initdb").is_file()]
    usable = [pair for pair in found if pair[0] >= OLDEST_POSTGRESQL]
    return max(usable)[1] if usable else None


def major(folder: Path) -> int:
    line = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\) (\d+)", line)
    return int(number[1]) if number else 0


def chromium() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


def gettext() -> Path | None:
    return Path(path) if (path := shutil.which("xgettext")) else None


def kannel() -> Path | None:
    """Debian keeps the fake centre of its tests in a package beside it."""
    found = shutil.which("bearerbox", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return Path(found) if found and FAKE_CENTRE.is_file() else None


def python_venv() -> Path | None:
    done = subprocess.run(
        [sys.executable, "-c", "import ensurepip"], check=False, stderr=subprocess.DEVNULL
    )
    return Path(sys.executable) if done.returncode == 0 else None


# What may be asked for, by the name of the Debian package that brings it.
FINDERS: dict[str, Callable[[], Path | None]] = {
    "postgresql": postgresql,
    "chromium": chromium,
    "gettext": gettext,
    "kannel": kannel,
    "python3-venv": python_venv,
}


# Where it takes more than the package of that name.
PACKAGES = {"kannel": ("kannel", "kannel-extras")}


def ensure(*names: str) -> None:
    """Find each of them, or install it where that needs no question.

    Raises Missing, naming all that is still lacking, in one line.
    """
    lacking = [name for name in names if FINDERS[name]() is None]
    if lacking and (prefix := _may_install()) is not None:
        print(f"Installing {', '.join(lacking)} ...", flush=True)
        _install(prefix, lacking)
        lacking = [name for name in names if FINDERS[name]() is None]
    if lacking:
        raise Missing(
            f"Missing on this machine: {', '.join(lacking)}."
            f" On Debian: sudo apt-get install {' '.join(_packages(lacking))}"
        )


def _packages(names: Sequence[str]) -> list[str]:
    return [package for name in names for package in PACKAGES.get(name, (name,))]


def _may_install() -> list[str] | None:
    """The words to put before apt-get, or None where it cannot be run without a question."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _install(prefix: list[str], names: list[str]) -> None:
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = ["install", "--yes", "--no-install-recommends", *_packages(names)]
    for words in (["update"], install):
        done = subprocess.run(
            [*apt, *words], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode != 0:
            print(done.stdout[-2000:], file=sys.stderr)


@contextmanager
def temporary_postgresql() -> Iterator[str]:
    """A PostgreSQL server of one's own on loopback; yields its URL, leaves nothing behind.

    Its data may be lost at a power cut, and no test minds: it does not wait for the disk.
    """
    programs = postgresql()
    if programs is None:
        raise Missing(f"PostgreSQL {OLDEST_POSTGRESQL} or later is missing.")
    folder = Path(tempfile.mkdtemp(prefix="taawon-pg-"))
    try:
        with _running(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[str]:
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    prefix = _unprivileged(folder)
    data = folder / "data"

    def run(*words: str | Path) -> None:
        done = subprocess.run(
            [*prefix, *words],
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            log = folder / "log"
            raise RuntimeError(done.stdout + (log.read_text() if log.exists() else ""))

    run(
        *(programs / "initdb", "--pgdata", data, "--username", "taawon", "--encoding", "UTF8"),
        *("--locale", "C.UTF-8", "--no-sync", "--auth", "scram-sha-256"),
        *("--pwfile", folder / "password"),
    )
    port = free_port()
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
        "-c max_connections=200 -c shared_buffers=512MB -c max_wal_size=4GB"
    )
    # The log goes to a file: a pipe that the server inherits would never close.
    control = (programs / "pg_ctl", "--pgdata", data, "--silent", "--wait")
    run(*control, "--log", folder / "log", "--options", options, "start")
    try:
        yield f"postgres://taawon:{password}@127.0.0.1:{port}/postgres"
    finally:
        run(*control, "--mode", "immediate", "stop")


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to somebody else, who runs it."""
    if os.geteuid() != 0:
        return []
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    somebody = pwd.getpwnam(name)
    for path in (folder, folder / "password"):
        os.chown(path, somebody.pw_uid, somebody.pw_gid)
    return ["runuser", "-u", name, "--"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def with_postgresql(command: Sequence[str]) -> int:
    with temporary_postgresql() as url:
        environment = {**os.environ, "TAAWON_DATABASE_URL": url}
        return subprocess.run(command, check=False, env=environment).returncode


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(words: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, _leave)
    try:
        match words:
            case ["ensure", *names] if names and set(names) <= set(FINDERS):
                ensure(*names)
            case ["with-postgres", *command] if command:
                ensure("postgresql")
                return with_postgresql(command)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
