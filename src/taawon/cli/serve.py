"""`taawon serve`: the web server and, beside it, what keeps this machine's index."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from taawon.cli.processes import Child, run, supervise
from taawon.config import env, lifeline

WEB, FOLLOW = ("web",), ("follow",)
HEADERS_WITHIN_MS = 15_000
STOP_WITHIN = 15


def host() -> str:
    return env.text("HOST", "127.0.0.1")


def port() -> int:
    """PORT as platforms and `make` set it, else TAAWON_PORT."""
    if "PORT" in os.environ:
        os.environ["TAAWON_PORT"] = os.environ["PORT"]
    return env.number("PORT", default=8000)


def home() -> Path:
    """The same folder as the settings say, without loading them."""
    return Path(env.text("HOME", str(Path.cwd() / "data"))).absolute()


def serve(_words: Sequence[str]) -> int:
    """Until told to stop."""
    if not ready_to_listen() or not static_files():
        return 1
    return supervise([Child(WEB, vital=True), Child(FOLLOW)])


def ready_to_listen() -> bool:
    """Whether the port is free; says so if it is not."""
    family = socket.AF_INET6 if ":" in host() else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host(), port()))
        except OSError as problem:
            line = f"Port {port()} of {host()} cannot be used: {problem.strerror}."
            print(f"{line} PORT=… chooses another.", file=sys.stderr)
            return False
    return True


def web(_words: Sequence[str]) -> int:
    """The server alone. Its workers load the application; this process does not."""
    lifeline.end_with_parent()
    lifeline.hold()
    Granian(
        "taawon.config.wsgi:application",
        address=host(),
        port=port(),
        interface=Interfaces.WSGI,
        workers=env.number("WORKERS", default=2),
        blocking_threads=env.number("THREADS", default=8),
        # A thread keeps its connection to the database; it should not end while it rests.
        blocking_threads_idle_timeout=600,
        backlog=env.number("BACKLOG", default=2048),
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_WITHIN,
        # Request lines hold what people search for: they are not logged.
        log_access=False,
        log_level=LogLevels.error,
    ).serve()
    return 0


def static_files() -> bool:
    """Collect the static files if the package has others than last time."""
    stamp, wanted = home() / "static" / ".stamp", _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return True
    if run("collectstatic", "--noinput", "--verbosity", "0"):
        return False
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    house = Path(__file__).parents[1]
    files = sorted(path for path in house.glob("*/static/**/*") if path.is_file())
    parts = [f"{path.relative_to(house)} {path.stat().st_mtime_ns}" for path in files]
    parts += [version(package) for package in ("django", "django-htmx", "whitenoise")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
