"""Bodies of requests are read before a view runs, and never by all threads at once.

A thread waits for whoever sends slowly, and the server sets no limit to that. So only some of a
process's threads may read, fewer still for what is large: however many uploads stand still, pages
answer. A proxy that buffers bodies (see docs/operate.md) makes the waiting its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import Any

# Threads of one process, unless TAAWON_THREADS says otherwise.
THREADS = 8
# Several pictures in one form (catalogue.rules), and what surrounds them.
LARGEST = 42_000_000
LARGE = 100_000
PIECE = 65_536
IN_MEMORY = 1_000_000
# Most bodies come with their headers: then a place is free within a millisecond.
WAITS = 0.3

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Bodies:
    """A WSGI application that is only called with a whole body.

    Half of the `threads` may read small bodies, and a quarter large ones; one more waits a moment
    and is told to come back (503). What is larger than 42 MB is refused (413).
    """

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._small = BoundedSemaphore(max(threads // 2, 1))
        self._large = BoundedSemaphore(max(threads // 4, 1))

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        length = _length(environ)
        if length == 0:
            return self._application(environ, start_response)
        if length is not None and length > LARGEST:
            return _refuse(start_response, "413 Content Too Large", "This is too large.")
        places = self._large if length is None or length > LARGE else self._small
        if not places.acquire(timeout=WAITS):
            return _refuse(start_response, "503 Service Unavailable", "Please try again soon.")
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                read = _read(environ["wsgi.input"], body)
            finally:
                places.release()
            if read > LARGEST:
                return _refuse(start_response, "413 Content Too Large", "This is too large.")
            body.seek(0)
            environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(read)}
            return self._application(environ, start_response)


def _length(environ: dict[str, Any]) -> int | None:
    """Bytes to come; None when nobody says how many."""
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None
    try:
        return max(int(environ.get("CONTENT_LENGTH") or 0), 0)
    except ValueError:
        return None


def _read(source: Any, into: SpooledTemporaryFile[bytes]) -> int:
    read = 0
    while read <= LARGEST and (piece := source.read(PIECE)):
        into.write(piece)
        read += len(piece)
    return read


def _refuse(start_response: Callable[..., Any], status: str, words: str) -> Iterable[bytes]:
    body = words.encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
    ]
    if status.startswith("503"):
        headers.append(("Retry-After", "5"))
    start_response(status, headers)
    return [body]
