"""Open indexes, one a kind and process. A reader sees the last commit as soon as it is asked."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy

from taawon.search import index
from taawon.search.documents import Kind

log = logging.getLogger(__name__)
# Three answers a question: some 400 questions. Of the longest ones they take 30 MB.
MOST_KEPT = 1_200

Stamp = tuple[int, int, int]


@dataclass(slots=True)
class Reader:
    """One state of an index. It never changes, so that what was found in it can be kept."""

    build: Path
    stamp: Stamp
    index: tantivy.Index
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    _found: dict[Any, Any] = field(default_factory=dict)
    _keeping: Lock = field(default_factory=Lock)

    def recall(self, key: Any) -> Any:
        return self._found.get(key)

    def forget(self) -> None:
        with self._keeping:
            self._found.clear()

    def keep(self, key: Any, value: Any) -> None:
        """The oldest makes room."""
        with self._keeping:
            if len(self._found) >= MOST_KEPT:
                del self._found[next(iter(self._found))]
            self._found[key] = value


_readers: dict[str, Reader] = {}
_lock = Lock()


def of(kind: Kind) -> Reader | None:
    """The newest state of an index; None while there is none that can be read."""
    build = index.current(kind)
    if build is None:
        # Code of another age may be at work: what is open still answers.
        return _readers.get(kind.name)
    try:
        stamp = _stamp(build)
    except OSError:
        return _readers.get(kind.name)
    reader = _readers.get(kind.name)
    if reader is not None and (reader.build, reader.stamp) == (build, stamp):
        return reader
    # Whoever comes while another thread opens the new state reads the old one, if there is one.
    if not _lock.acquire(blocking=reader is None):
        return reader
    try:
        return _renewed(kind, build, stamp)
    finally:
        _lock.release()


def _renewed(kind: Kind, build: Path, stamp: Stamp) -> Reader | None:
    old = _readers.get(kind.name)
    if old is not None and (old.build, old.stamp) == (build, stamp):
        return old
    try:
        if old is not None and old.build == build:
            opened = old.index
            opened.reload()
        else:
            opened = index.open_at(build)
        reader = Reader(build, stamp, opened, opened.searcher(), opened.schema)
    except index.BROKEN as problem:
        log.warning("The index of %s cannot be opened: %s", kind.name, problem)
        return old
    _readers[kind.name] = reader
    return reader


def _stamp(build: Path) -> Stamp:
    found = os.stat(build / "meta.json")
    return found.st_ino, found.st_mtime_ns, found.st_size


def forget() -> None:
    with _lock:
        _readers.clear()
