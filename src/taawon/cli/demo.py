"""`taawon demo`: everything, with demonstration data, for this machine alone."""

from __future__ import annotations

import fcntl
import ipaddress
import json
import os
import secrets
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.utils.module_loading import import_string

from taawon.cli import machine, serve
from taawon.cli.processes import Child, run, supervise

# What the demonstration makes in its folder, and all that --reset takes away.
MADE = ("index", "static", "media", "private", "secret-key", "taawon.sqlite3")
MARK = "demo.json"
# Read when it is shown: this process loads no more than it must.
LOGINS = "taawon.demo.logins.LOGINS"
PATIENCE = 60.0


class Refused(Exception):
    """Why the demonstration does not start, in a sentence."""


def demo(words: Sequence[str]) -> int:
    """Set up what is missing, run it all, say where it is; or take it away again."""
    started = time.monotonic()
    if unknown := set(words) - {"--reset", "--small"}:
        print(f"taawon demo knows no {min(unknown)}.", file=sys.stderr)
        return 2
    try:
        environment()
        with alone():
            if "--reset" in words:
                return reset()
            return _run(words, started)
    except Refused as problem:
        print(problem, file=sys.stderr)
        return 1


def environment() -> None:
    """Set what the processes of a demonstration read. Raises Refused for an open address."""
    if not _is_loopback(machine.host()):
        raise Refused(
            f"The demonstration's logins are public: it listens on this machine alone, "
            f"not on {machine.host()}. Leave TAAWON_HOST out."
        )
    port, home = machine.port(), machine.home()
    os.environ |= {
        "TAAWON_DEMO": "yes",
        "TAAWON_DEBUG": "no",
        "TAAWON_HOME": str(home),
        "TAAWON_HOST": machine.host(),
        "TAAWON_PORT": str(port),
    }
    os.environ.setdefault("TAAWON_SITE_URL", f"http://{_shown_host()}:{port}")
    if not {"TAAWON_SECRET_KEY", "TAAWON_SECRET_KEY_FILE"} & os.environ.keys():
        os.environ["TAAWON_SECRET_KEY_FILE"] = str(home / "secret-key")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown_host() -> str:
    return f"[{machine.host()}]" if ":" in machine.host() else machine.host()


@contextmanager
def alone() -> Iterator[None]:
    """One demonstration a folder. Raises Refused while another runs there."""
    home = machine.home()
    new = not home.exists()
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"A demonstration already runs in {home}. Stop it first.") from None
        if not (home / MARK).exists():
            _claim(home, new)
        yield


def _claim(home: Path, new: bool) -> None:
    """Note what was there before, so that --reset leaves it alone."""
    kept = [name for name in MADE if (home / name).exists()]
    (home / MARK).write_text(json.dumps({"made_folder": new, "was_here_before": kept}))


def _run(words: Sequence[str], started: float) -> int:
    _secret_key(machine.home() / "secret-key")
    if not serve.ready_to_listen():
        return 1
    small = [word for word in words if word == "--small"]
    with ThreadPoolExecutor() as beside:
        collected = beside.submit(serve.static_files)
        prepared = run("prepare-demo", *small) == 0
    if not (prepared and collected.result()):
        return 1
    children = [Child(serve.WEB, vital=True), Child(serve.FOLLOW), Child(("worker",))]
    return supervise(children, Announcement(started))


def _secret_key(path: Path) -> None:
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))


class Announcement:
    """Says where the demonstration is, once it really answers."""

    def __init__(self, started: float) -> None:
        self._started = started
        self._until = time.monotonic() + PATIENCE
        self._address = f"http://{_shown_host()}:{machine.port()}"

    def __call__(self) -> bool:
        """True when all is said."""
        lacking = _lacking(f"{self._address}/readyz")
        if lacking is None:
            print(_welcome(self._address, time.monotonic() - self._started), flush=True)
            return True
        if time.monotonic() > self._until:
            print(f"{self._address} is not ready: {lacking}", file=sys.stderr, flush=True)
            return True
        return False


def _lacking(address: str) -> str | None:
    """What it says that it lacks; None when it is ready."""
    try:
        # Straight to this machine, whatever proxy the environment names.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(address, timeout=2):
            return None
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.read(2_000).decode("utf-8", "replace")
    except OSError as problem:
        return str(problem)


def _welcome(address: str, seconds: float) -> str:
    lines = [
        "",
        f"Taawon answers at {address} (after {seconds:.0f} s)",
        f"Codes and messages are shown at {address}/demo/",
        f"Two phones, to try the shop by text: {address}/demo/phones/",
        "",
        *(str(login) for login in import_string(LOGINS)),
        "",
        "Ctrl-C stops it.",
    ]
    return "\n".join(lines)


def reset() -> int:
    """Take away what the demonstration made; what was there before it stays."""
    home = machine.home()
    note = json.loads((home / MARK).read_text())
    _secret_key(home / "secret-key")
    if run("erase-demo"):
        return 1
    for name in MADE:
        if name not in note["was_here_before"]:
            for path in (home / name, home / f"{name}-wal", home / f"{name}-shm"):
                _remove(path)
    (home / MARK).unlink()
    (home / ".demo.lock").unlink()
    if note["made_folder"] and not any(home.iterdir()):
        home.rmdir()
    print(f"The demonstration in {home} is gone.")
    return 0


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
