"""`taawon serve`: the web server and, beside it, what keeps this machine's index."""

from __future__ import annotations

import hashlib
import socket
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from taawon.cli.machine import home, host, port
from taawon.cli.processes import Child, run, supervise

WEB, FOLLOW = ("web",), ("follow",)


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
