"""Keeps this machine's index at most a moment behind the database.

It reads the feed in the order of transactions and stops before the first that is still in flight:
PostgreSQL's ids become visible out of order, and what is stepped over would never be found.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone

from taawon.search import documents, feed, index
from taawon.search.documents import Kind

log = logging.getLogger(__name__)
BATCH = 2_000
LINES = 2_000
PAUSE = 0.5
LONG_PAUSE = 5.0

Progress = Callable[[str, int], None]


def follow_once() -> int:
    """Bring the index up to date, from nothing if need be; how many lines of the feed it took.

    Raises index.Busy while another process of this machine writes.
    """
    with index.only_writer():
        follower = Follower()
        try:
            return follower.follow()
        finally:
            follower.close()


def rebuild(progress: Progress | None = None) -> None:
    """Build every index from nothing and put it in place of the old one. Raises index.Busy."""
    with index.only_writer():
        for kind in documents.kinds():
            build(kind, progress)


def is_complete() -> bool:
    """Whether every kind has an index on this machine."""
    return all(index.current(kind) for kind in documents.kinds())


def seconds_behind() -> float | None:
    """Since when a change waits that this machine's index does not show; None without an index."""
    builds = [index.current(kind) for kind in documents.kinds()]
    lines = [index.read_line(build) for build in builds if build is not None]
    known = [line for line in lines if line is not None]
    if len(known) < len(builds):
        return None
    oldest = min(known, default=feed.START)
    later = [line for line in feed.since(oldest, 2) if line != oldest]
    if not later:
        return 0.0
    return (timezone.now() - feed.written_at(later[0])).total_seconds()


def build(kind: Kind, progress: Progress | None = None) -> Path:
    """All documents of a kind into a new index. Its place in the feed is taken first: what changes
    meanwhile is followed after."""
    line = _place_in_feed()
    made = index.create(kind)
    writer = index.Writer(made, heap=index.LARGE_HEAP)
    # Documents by the hundred thousand, and no rings among them: looking for some takes a tenth.
    gc.disable()
    try:
        done = 0
        for ids in index.chunks(kind.all_ids(), BATCH):
            found = kind.build(ids)
            writer.add(found)
            done += len(found)
            if progress:
                progress(kind.name, done)
        writer.commit(line)
    except BaseException:
        writer.close()
        index.discard(made)
        raise
    finally:
        gc.enable()
    writer.close()
    index.publish(kind, made)
    return made


def _place_in_feed() -> feed.Line:
    line = feed.last()
    if line == feed.START:
        feed.mark()
        line = feed.last()
    return line


class Follower:
    """Holds a writer for each kind. One at a time on a machine (see index.only_writer)."""

    def __init__(self) -> None:
        self._writers: dict[str, index.Writer] = {}

    def close(self) -> None:
        """Let go of the index. What was not committed is followed again."""
        while self._writers:
            _, writer = self._writers.popitem()
            # One that failed has nothing to lose, but a lock to give back.
            with suppress(*index.BROKEN):
                writer.close()

    def follow(self) -> int:
        return sum(self._follow(kind) for kind in documents.kinds())

    def _follow(self, kind: Kind) -> int:
        taken = 0
        while True:
            writer = self._writer(kind)
            line = index.read_line(writer.build)
            lines = feed.since(line, LINES) if line is not None else []
            if line is None or not _stands(line, lines):
                log.warning(
                    "The index of %s lost its place in the feed: building it again", kind.name
                )
                self._writers.pop(kind.name).close()
                build(kind)
                continue
            new = [each for each in lines if each != line]
            if not new:
                return taken
            self._take(kind, writer, new)
            taken += sum(each.kind == kind.name for each in new)

    def _take(self, kind: Kind, writer: index.Writer, lines: list[feed.Line]) -> None:
        ids = dict.fromkeys(line.document_id for line in lines if line.kind == kind.name)
        for batch in index.chunks(ids, BATCH):
            found = kind.build(batch)
            writer.delete(batch)
            writer.add(found)
        if ids:
            writer.commit(lines[-1])
        else:
            index.write_line(writer.build, lines[-1])

    def _writer(self, kind: Kind) -> index.Writer:
        """The writer of the build in use; a missing or damaged index is built from nothing."""
        place = index.current(kind)
        writer = self._writers.get(kind.name)
        if writer is not None and writer.build == place:
            return writer
        self._writers.pop(kind.name, None)
        if place is not None:
            try:
                return self._keep(kind, index.Writer(place))
            except index.BROKEN as problem:
                log.warning("Building the index of %s again: %s", kind.name, _first_line(problem))
        started = time.monotonic()
        place = build(kind)
        log.info("Built the index of %s in %.1f s", kind.name, time.monotonic() - started)
        return self._keep(kind, index.Writer(place))

    def _keep(self, kind: Kind, writer: index.Writer) -> index.Writer:
        self._writers[kind.name] = writer
        return writer


def _stands(line: feed.Line, lines: list[feed.Line]) -> bool:
    """Whether nothing is missing between that line and those read: it must still be in the feed.

    It is not when the feed was pruned past it, or the database is another one or an older copy.
    """
    if line == feed.START:
        return not feed.was_pruned()
    return bool(lines) and lines[0] == line


def run_forever(stop: Event) -> None:
    """Follow until told to stop; a database or a disk that goes away is waited for."""
    while not stop.is_set():
        try:
            with index.only_writer():
                _follow_until(stop)
        except index.Busy:
            stop.wait(LONG_PAUSE)


def _follow_until(stop: Event) -> None:
    follower, well = Follower(), True
    while not stop.is_set():
        close_old_connections()
        try:
            follower.follow()
            if not well:
                log.warning("The index is followed again")
            well = True
        except (DatabaseError, *index.BROKEN) as problem:
            if well:
                log.warning("The index cannot be followed for now: %s", _first_line(problem))
            well = False
            connections.close_all()
            follower.close()
        stop.wait(PAUSE if well else LONG_PAUSE)
    follower.close()


def _first_line(problem: Exception) -> str:
    return str(problem).partition("\n")[0]
