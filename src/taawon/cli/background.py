"""`taawon worker` and the follower of the index: processes without a port."""

from __future__ import annotations

import logging
import secrets
import signal
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from threading import Event, Thread
from types import FrameType

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from taawon.config import lifeline
from taawon.cooperatives.services import working
from taawon.journal import clock
from taawon.search import follower
from taawon.search.index import Busy

log = logging.getLogger(__name__)
LOOKS_EVERY = 0.2
TICKS_EVERY = 1.0
LOOKS_FOR_FILES_EVERY = 1.0
WAITS = 2.0
TASKS_ARE_KEPT = timedelta(hours=1)
TASKS_MAY_RUN = timedelta(days=1)


def follow(_words: Sequence[str]) -> int:
    """Keep this machine's index, until told to stop."""
    lifeline.end_with_parent()
    stop = until_told()
    follower.run_forever(stop)
    return 0


def index(_words: Sequence[str]) -> int:
    """Build this machine's index again, while the old one answers."""
    started = time.monotonic()
    try:
        follower.rebuild()
    except Busy:
        print("The index is being written: stop `taawon serve` first.", file=sys.stderr)
        return 1
    print(f"The index is built ({time.monotonic() - started:.1f} s).")
    return 0


def worker(_words: Sequence[str]) -> int:
    """Run what is queued, and the clock, until told to stop. What has begun is finished."""
    lifeline.end_with_parent()
    stop = until_told()
    # A file of the register takes a minute: neither the clock nor a login code waits for it.
    besides = [
        Thread(target=each, args=(stop,), name=each.__name__) for each in (run_clock, run_files)
    ]
    for thread in besides:
        thread.start()
    run_queue(stop)
    for thread in besides:
        thread.join()
    return 0


def until_told() -> Event:
    stop = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop


def run_queue(stop: Event) -> None:
    """A database that goes away is waited for."""
    worker_id, well = secrets.token_hex(16), True
    while not stop.is_set():
        close_old_connections()
        try:
            # A look costs no lock; taking a task does.
            if DBTaskResult.objects.ready().exists():
                Worker(
                    queue_names=["*"],
                    excluded_queue_names=[],
                    interval=0,
                    batch=True,
                    backend_name="default",
                    startup_delay=False,
                    max_tasks=20,
                    worker_id=worker_id,
                ).run()
                continue
        except DatabaseError as problem:
            well = _lost(problem, well)
        else:
            well = True
        stop.wait(LOOKS_EVERY if well else WAITS)


def run_clock(stop: Event) -> None:
    """A tick a second, with connections of this thread's own."""
    well = True
    while not stop.is_set():
        close_old_connections()
        try:
            clock.tick()
        except DatabaseError as problem:
            well = _lost(problem, well)
        else:
            well = True
        stop.wait(TICKS_EVERY if well else WAITS)
    connections.close_all()


def run_files(stop: Event) -> None:
    """Files of the register that wait for a worker, one after the other."""
    well = True
    while not stop.is_set():
        close_old_connections()
        try:
            if working.work_on_next(stop.is_set):
                continue
        except DatabaseError as problem:
            well = _lost(problem, well)
        else:
            well = True
        stop.wait(LOOKS_FOR_FILES_EVERY if well else WAITS)
    connections.close_all()


def _lost(problem: Exception, well: bool) -> bool:
    if well:
        log.warning("The database cannot be used for now: %s", str(problem).partition("\n")[0])
    connections.close_all()
    return False


@clock.every(seconds=3600)
def prune_tasks() -> None:
    """Tasks are nudges: what ran an hour ago, or never ended, says nothing any more."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_ARE_KEPT).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now - TASKS_MAY_RUN).delete()


@clock.every(seconds=3600)
def know_the_data() -> None:
    """SQLite goes by what it was last told of its tables; PostgreSQL looks for itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
