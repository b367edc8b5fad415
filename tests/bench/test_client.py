from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from taawon.bench import client
from taawon.bench.client import Measured, Visit


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server that gives these answers to one connection, whatever it is asked; what it heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with server.accept()[0] as connection:
                for answer in answers:
                    heard.append(connection.recv(65_536))
                    # In two pieces, cut within the head: an answer need not come at once.
                    connection.sendall(answer[:20])
                    connection.sendall(answer[20:])

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], heard
        thread.join()


def answer(status: str, body: bytes = b"ok", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_a_conversation_goes_on_over_one_connection():
    with answering(answer("201 Created", b"a" * 300), answer("200 OK")) as (port, heard):
        first, second = client.ask(
            port, client.get("/one"), client.request("PUT", "/two", {}, b"x")
        )
    assert (first.status, first.body, second.status, second.body) == (201, b"a" * 300, 200, b"ok")
    assert heard == [
        b"GET /one HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"PUT /two HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx",
    ]


def test_headers_of_an_answer():
    with answering(answer("200 OK", queries="7")) as (port, _heard):
        [found] = client.ask(port, client.get("/"))
    assert (found.header("Queries"), found.header("absent")) == ("7", "")


def test_refusals_are_counted_as_errors():
    with answering(answer("500 Oh"), answer("200 OK"), answer("404 No")) as (port, _heard):
        three = client.endlessly(iter([client.get("/")] * 3))
        measured = client.drive(port, [three], 30)
    assert measured.errors == {"status 500": 1, "status 404": 1}
    assert len(measured.latencies) == 3
    assert measured.received == 6


def test_time_that_is_over_ends_a_visit():
    def for_ever() -> Visit:
        while True:
            yield client.get("/")

    with answering(answer("200 OK")) as (port, heard):
        measured = client.drive(port, [for_ever()], 0)
    assert (len(heard), len(measured.latencies), measured.errors) == (1, 1, {})


@pytest.mark.parametrize(
    ("said", "error"),
    [(b"", "closed"), (b"HTTP/1.1 200 OK\r\nx: y\r\n\r\nok", "an answer without its length")],
)
def test_an_answer_that_is_none(said, error):
    with answering(said) as (port, _heard):
        measured = client.drive(port, [client.endlessly(iter([client.get("/")]))], 30)
    assert measured.errors == {error: 1}


def test_figures_of_slices_are_added_up():
    measured = Measured([0.004, 0.001], {"status 500": 1}, seconds=1.0, client_seconds=0.1)
    measured.add(Measured([0.002, 0.003], {"status 500": 2}, seconds=1.0, client_seconds=0.3))
    assert (measured.per_second, measured.client_share) == (2.0, 0.2)
    assert (measured.quantile(0.5), measured.quantile(0.99)) == (0.003, 0.004)
    assert measured.errors == {"status 500": 3}
    assert (Measured().per_second, Measured().quantile(0.5)) == (0.0, 0.0)
