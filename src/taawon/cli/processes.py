"""Several processes that start, live and stop together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

from taawon.config import lifeline

# A process that ends sooner than this has failed to start.
SHORT_LIFE = 5.0
MOST_FAILURES = 3
PATIENCE = 20.0
TICK = 0.2


@dataclass(slots=True)
class Child:
    """One process: words of the command line. Without a vital one the others are of no use."""

    words: Sequence[str]
    vital: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    waits_until: float = field(default=0.0)

    @property
    def name(self) -> str:
        return self.words[0]


def command(*words: str) -> list[str]:
    """The same program, with other words."""
    return [sys.executable, "-m", "taawon.cli", *words]


def run(*words: str) -> int:
    """Run one command to its end; a Ctrl-C reaches it as well."""
    return subprocess.run(command(*words), check=False).returncode


def supervise(children: Sequence[Child], tell: Callable[[], bool] | None = None) -> int:
    """Keep all of them running until told to stop; the exit code.

    A child that dies is started again, at once and then ever less often; a vital one that cannot
    start at all ends everything. `tell` is called now and then until it returns True.
    """
    stop = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, ask)
    lifeline.hold()
    code = 0
    try:
        while not stop.wait(TICK):
            if any(not _keep_up(child) for child in children):
                code = 1
                break
            if tell is not None and tell():
                tell = None
    finally:
        _stop(children)
    return code


def _keep_up(child: Child) -> bool:
    """Start it, or start it again; False when there is no use in going on."""
    now = time.monotonic()
    if child.process is not None:
        if child.process.poll() is None:
            return True
        _report(child, now)
        if child.vital and child.failures >= MOST_FAILURES:
            return False
    if now >= child.waits_until:
        child.started = now
        # A session of its own: Ctrl-C comes here, and is passed on in order.
        child.process = subprocess.Popen(
            command(*child.words), stdin=subprocess.DEVNULL, start_new_session=True
        )
    return True


def _report(child: Child, now: float) -> None:
    assert child.process is not None
    child.failures = child.failures + 1 if now - child.started < SHORT_LIFE else 0
    child.waits_until = now + min(child.failures, 10)
    code = child.process.returncode
    print(f"taawon {child.name} ended with code {code}", file=sys.stderr, flush=True)
    child.process = None


def _stop(children: Sequence[Child]) -> None:
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
