"""A closed-loop client: so many connections, each with one request on its way at any time.

It writes prepared bytes and reads until the answer is whole. One process keeps up with any server
on the same machine: `Measured.client_share` tells how much of one core it took itself.
"""

from __future__ import annotations

import gc
import selectors
import socket
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LARGEST_READ = 1 << 18
PATIENCE = 30.0
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """`head` as it came; `body` as it came, compressed or not."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Empty where there is none."""
        wanted = name.lower().encode()
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.lower() == wanted:
                return value.strip().decode("latin-1")
        return ""


# What one connection says: it yields requests and is sent the answers.
Visit = Generator[bytes, Answer, None]


@dataclass(slots=True)
class Measured:
    """Latencies in seconds, in the order in which answers came."""

    latencies: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    client_seconds: float = 0.0
    received: int = 0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def client_share(self) -> float:
        return self.client_seconds / self.seconds if self.seconds else 0.0

    def quantile(self, part: float) -> float:
        """Seconds within which that part of the answers came; 0 without any."""
        ordered = sorted(self.latencies)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    def failed(self, what: str) -> None:
        self.errors[what] = self.errors.get(what, 0) + 1

    def add(self, other: Measured) -> None:
        """Another slice of the same."""
        self.latencies += other.latencies
        self.seconds += other.seconds
        self.client_seconds += other.client_seconds
        self.received += other.received
        for what, times in other.errors.items():
            self.errors[what] = self.errors.get(what, 0) + times


def get(path: str, headers: Mapping[str, str] = NOTHING) -> bytes:
    return request("GET", path, headers)


def request(
    method: str, path: str, headers: Mapping[str, str] = NOTHING, body: bytes = b""
) -> bytes:
    """One request of HTTP/1.1."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def endlessly(requests: Iterator[bytes]) -> Visit:
    for each in requests:  # noqa: UP028 - a plain iterator takes no answers
        yield each


def ask(port: int, *requests: bytes) -> list[Answer]:
    """One after the other over one connection. Raises OSError."""
    answers: list[Answer] = []

    def visit() -> Visit:
        for each in requests:
            answers.append((yield each))

    drive(port, [visit()], PATIENCE)
    if len(answers) < len(requests):
        raise ConnectionError(f"{len(answers)} of {len(requests)} answers came.")
    return answers


class _Connection:
    def __init__(self, port: int, visit: Visit) -> None:
        self.port = port
        self.visit = visit
        self.socket = self._open()
        self.started = 0.0
        self._parts: list[bytes] = []
        self._missing = -1

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def say(self, words: bytes) -> None:
        self._parts, self._missing = [], -1
        self.started = time.perf_counter()
        self.socket.sendall(words)

    def hear(self) -> Answer | None:
        """The answer, when its last piece is here. Raises ConnectionError, ValueError."""
        piece = self.socket.recv(LARGEST_READ)
        if not piece:
            raise ConnectionError("closed")
        self._parts.append(piece)
        if self._missing < 0:
            whole = b"".join(self._parts)
            end = whole.find(b"\r\n\r\n")
            if end < 0:
                return None
            self._parts = [whole]
            self._missing = end + 4 + _length(whole[:end]) - len(whole)
        else:
            self._missing -= len(piece)
        return self._whole() if self._missing <= 0 else None

    def _whole(self) -> Answer:
        whole = b"".join(self._parts)
        head, _, body = whole.partition(b"\r\n\r\n")
        return Answer(int(head[9:12]), head, body)


def _length(head: bytes) -> int:
    """Raises ValueError for an answer that does not say it."""
    lower = head.lower()
    place = lower.find(b"content-length:")
    if place < 0:
        if head[9:12] in (b"204", b"304"):
            return 0
        raise ValueError("an answer without its length")
    return int(lower[place + 15 : place + 40].split(b"\r\n", 1)[0])


def drive(
    port: int,
    visits: Sequence[Visit],
    seconds: float,
    patience: float = PATIENCE,
) -> Measured:
    """Let every visit go on until the time is over; the last answers are waited for.

    An answer that is no success is an error, and so is silence of `patience` seconds.
    """
    measured = Measured()
    connections = [_Connection(port, visit) for visit in visits]
    gc.collect()
    gc.disable()
    try:
        _converse(connections, seconds, patience, measured)
    finally:
        gc.enable()
        for connection in connections:
            connection.socket.close()
    return measured


def _converse(
    connections: Sequence[_Connection],
    seconds: float,
    patience: float,
    measured: Measured,
) -> None:
    selector = selectors.DefaultSelector()
    cpu, started = time.process_time(), time.perf_counter()
    until = started + seconds
    waiting = 0
    for connection in connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        waiting += _begin(connection)
    while waiting:
        ready = selector.select(patience)
        if not ready:
            measured.failed(f"no answer in {patience:.0f} s")
            break
        for key, _ in ready:
            try:
                answer = key.data.hear()
            except (OSError, ValueError) as problem:
                measured.failed(str(problem))
                selector.unregister(key.data.socket)
                waiting -= 1
                continue
            if answer is not None and not _take(key.data, answer, until, measured):
                waiting -= 1
    measured.seconds = time.perf_counter() - started
    measured.client_seconds = time.process_time() - cpu
    selector.close()


def _begin(connection: _Connection) -> bool:
    first = next(connection.visit, None)
    if first is not None:
        connection.say(first)
    return first is not None


def _take(connection: _Connection, answer: Answer, until: float, measured: Measured) -> bool:
    """Note an answer and go on; False when this connection is done."""
    now = time.perf_counter()
    measured.latencies.append(now - connection.started)
    measured.received += len(answer.body)
    if not 200 <= answer.status < 300:
        measured.failed(f"status {answer.status}")
    try:
        words = connection.visit.send(answer)
    except StopIteration:
        return False
    if now >= until:
        connection.visit.close()
        return False
    connection.say(words)
    return True
