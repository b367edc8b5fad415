from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from typing import Any

import pytest

from taawon.config import bodies
from taawon.config.bodies import Bodies


class Slow(io.RawIOBase):
    """A body that stands still until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def read(self, _size: int = -1) -> bytes:
        self.begun.set()
        self.go_on.wait(30)
        return b""


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(), environ.get("CONTENT_LENGTH", "").encode()]


def ask(application: Bodies, source: Any = None, **environ: str) -> tuple[str, list[bytes]]:
    statuses: list[str] = []
    given = {"wsgi.input": source or io.BytesIO(), **environ}
    body = list(application(given, lambda status, headers: statuses.append(status)))
    return statuses[0], body


def test_a_whole_body_reaches_the_view() -> None:
    application = Bodies(echo, threads=4)
    body = b"x" * 200_000
    assert ask(application, io.BytesIO(body), CONTENT_LENGTH="200000") == (
        "200 OK",
        [body, b"200000"],
    )
    assert ask(application, io.BytesIO(b"abc"), HTTP_TRANSFER_ENCODING="chunked") == (
        "200 OK",
        [b"abc", b"3"],
    )
    assert ask(application) == ("200 OK", [b"", b""])


@pytest.mark.parametrize("length", ["", "0", "-5"])
def test_without_a_body_nothing_is_read(length: str) -> None:
    slow = Slow()
    slow.go_on.set()
    assert ask(Bodies(echo, threads=4), slow, CONTENT_LENGTH=length)[0] == "200 OK"


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 10)
    application = Bodies(echo, threads=4)
    assert ask(application, CONTENT_LENGTH="11")[0] == "413 Content Too Large"
    endless = {"HTTP_TRANSFER_ENCODING": "chunked"}
    assert ask(application, io.BytesIO(b"x" * 11), **endless)[0] == "413 Content Too Large"
    assert ask(application, io.BytesIO(b"x" * 10), **endless)[0] == "200 OK"


@pytest.mark.parametrize(("length", "places"), [("10", 4), ("1000000", 2)])
def test_however_many_stand_still_others_are_answered(
    monkeypatch: pytest.MonkeyPatch, length: str, places: int
) -> None:
    monkeypatch.setattr(bodies, "WAITS", 0.01)
    application = Bodies(echo, threads=8)
    stalled = [Slow() for _ in range(places)]
    threads = [
        threading.Thread(target=ask, args=(application, slow), kwargs={"CONTENT_LENGTH": length})
        for slow in stalled
    ]
    for thread in threads:
        thread.start()
    for slow in stalled:
        assert slow.begun.wait(10)

    assert ask(application, CONTENT_LENGTH=length)[0] == "503 Service Unavailable"
    assert ask(application)[0] == "200 OK"
    other = "10" if length != "10" else "1000000"
    assert ask(application, io.BytesIO(b"abc"), CONTENT_LENGTH=other)[0] == "200 OK"

    for slow in stalled:
        slow.go_on.set()
    for thread in threads:
        thread.join()
    assert ask(application, io.BytesIO(b"abc"), CONTENT_LENGTH=length)[0] == "200 OK"
