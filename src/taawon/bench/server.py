"""The real server, started on a free port and stopped again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

PATIENCE = 90.0


class DoesNotStart(Exception):
    """The server ended, or said nothing in time."""


@contextmanager
def serving(**settings: str) -> Iterator[int]:
    """`taawon serve` with these TAAWON_ settings; the port. Raises DoesNotStart."""
    port = _free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "TAAWON_SITE_URL": f"http://127.0.0.1:{port}",
        **{f"TAAWON_{name}": value for name, value in settings.items()},
    }
    log = Path(environment["TAAWON_HOME"]) / "server.log"
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "taawon.cli", "serve"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        _wait(process, port)
        yield port
    finally:
        _stop(process)


def last_words(home: Path) -> str:
    """The end of what the servers of a run said; empty when all was well."""
    log = home / "server.log"
    return log.read_text(errors="replace")[-3_000:] if log.exists() else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    opener = build_opener(ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise DoesNotStart(f"The server ended with code {process.returncode}.")
        try:
            with opener.open(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise DoesNotStart(f"The server did not answer within {PATIENCE:.0f} s.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """It stops its own children; whoever does not listen is ended."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
