"""The measuring tools measure: tried on pages whose faults are known."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.measure import sideways, violations, weigh

SOUND = (
    "<!doctype html><html lang=fr><title>Miel</title>"
    "<meta name=viewport content='width=device-width'><main><h1>Miel</h1></main></html>"
)
STYLE = gzip.compress(b"h1 { color: black } " * 200)
PAGE = gzip.compress(
    (SOUND + "<link rel=stylesheet href=/a.css><script src=/gone.js></script>").encode()
)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = {"/": ("text/html", PAGE), "/a.css": ("text/css", STYLE)}
        kind, body = known.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        if body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def small_server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_violations(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.set_content(SOUND)
    assert violations(page) == []

    page.set_content(SOUND.replace("<h1>", "<img src=a.png><h1>"))
    assert violations(page) == ["image-alt: img"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_sideways(open_page: Callable[..., Page], direction: str) -> None:
    page = open_page(PHONE)
    page.set_content(SOUND)
    assert sideways(page) == []

    wide = "<p class=wide style='width: 400px'>"
    page.set_content(SOUND.replace("<html", f"<html dir={direction}").replace("<h1>", wide))
    assert sideways(page) == ["p.wide"]


def test_weigh(open_page: Callable[..., Page], small_server: str) -> None:
    weight = weigh(open_page(PHONE), small_server + "/")

    assert (weight.html, weight.css, weight.js) == (len(PAGE), len(STYLE), 0)
    # Chromium asks for an icon by itself.
    assert f"{small_server}/gone.js" in weight.failed
