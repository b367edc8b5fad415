"""A provider that speaks HTTP, on loopback: what it was asked, and what it answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Provider:
    """`answers` are statuses, used up one by one; "hang up" breaks the line without an answer."""

    answers: list[int | str] = field(default_factory=list)
    body: bytes = b""
    asked: list[tuple[str, str, bytes, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def open_provider(**words: Any) -> Iterator[Provider]:
    provider = Provider(**words)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
            length = int(self.headers.get("Content-Length") or 0)
            said = self.rfile.read(length)
            provider.asked.append((self.command, self.path, said, dict(self.headers)))
            answer = provider.answers.pop(0) if provider.answers else 202
            if answer == "hang up":
                self.close_connection = True
                return
            self.send_response(int(answer))
            self.send_header("Content-Length", str(len(provider.body)))
            self.end_headers()
            self.wfile.write(provider.body)

        do_POST = do_GET

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.port = server.server_port
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        running.join()
