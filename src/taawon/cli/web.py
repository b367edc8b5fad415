"""The web server alone. `taawon serve` starts it, and starts it again."""

from __future__ import annotations

from collections.abc import Sequence

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from taawon.cli.machine import host, port
from taawon.config import env, lifeline
from taawon.config.bodies import THREADS

HEADERS_WITHIN_MS = 15_000
STOP_WITHIN = 15


def web(_words: Sequence[str]) -> int:
    """Until told to stop. Its workers load the application; this process does not."""
    lifeline.end_with_parent()
    lifeline.hold()
    Granian(
        "taawon.config.wsgi:application",
        address=host(),
        port=port(),
        interface=Interfaces.WSGI,
        workers=env.number("WORKERS", default=2),
        blocking_threads=env.number("THREADS", default=THREADS),
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
