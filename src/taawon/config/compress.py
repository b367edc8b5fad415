"""Answers made small on their way out, as the browser can read them: Brotli, or gzip.

The server does not do it (granian 2.8). Static files come compressed already. What many visitors
get (`Cache-Control: public`) is compressed once and kept. Django masks its form tokens anew in
every page, so that the size of a compressed page tells nothing of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any

import brotli  # type: ignore[import-untyped]  # it has no types
from django.http import HttpResponse

SMALLEST = 500
MOST_KEPT = 256
BROTLI_QUALITY = 4
GZIP_LEVEL = 5
_TYPES = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/ld+json",
    "application/manifest+json",
    "application/javascript",
    "application/xml",
    "image/svg+xml",
)

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Compressed:
    """A WSGI application whose texts are compressed. Streams pass as they are."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._kept: dict[tuple[str, bytes], bytes] = {}

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        begun: list[Any] = []

        def begin(status: str, headers: Headers, exc_info: Any = None) -> None:
            begun[:] = [status, headers, exc_info]

        answer = self._application(environ, begin)
        status, headers, exc_info = begun
        if not isinstance(answer, HttpResponse):
            start_response(status, headers, exc_info)
            return answer
        # The server sends a list in one piece, and much faster than it reads an iterator.
        body = answer.content
        answer.close()
        if environ["REQUEST_METHOD"] != "HEAD" and _worth_it(headers, body):
            coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
            headers = _varied(headers)
            if coding:
                body = self._small(coding, body, headers)
                headers = _described(headers, coding, body)
        start_response(status, headers, exc_info)
        return [body]

    def _small(self, coding: str, body: bytes, headers: Headers) -> bytes:
        if "public" not in _value(headers, "cache-control"):
            return _compress(coding, body)
        # Pages that are kept come as the same object each time: looking them up costs nothing.
        small = self._kept.get((coding, body))
        if small is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            small = self._kept[coding, body] = _compress(coding, body)
        return small


def _compress(coding: str, body: bytes) -> bytes:
    if coding == "br":
        small: bytes = brotli.compress(body, quality=BROTLI_QUALITY)
        return small
    return zlib.compress(body, GZIP_LEVEL, wbits=31)


def _coding(accepted: str) -> str:
    """The best that the client takes; "br;q=0" says that it does not."""
    offers = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if offers.get(coding)), "")


def _worth_it(headers: Headers, body: bytes) -> bool:
    return (
        len(body) >= SMALLEST
        and _value(headers, "content-type").startswith(_TYPES)
        and not _value(headers, "content-encoding")
    )


def _value(headers: Headers, name: str) -> str:
    return next((value.lower() for key, value in headers if key.lower() == name), "")


def _varied(headers: Headers) -> Headers:
    """A shared cache must keep the codings apart."""
    varied = [value for key, value in headers if key.lower() == "vary"]
    if any("accept-encoding" in value.lower() for value in varied):
        return headers
    others = [(key, value) for key, value in headers if key.lower() != "vary"]
    return [*others, ("Vary", ", ".join([*varied, "Accept-Encoding"]))]


def _described(headers: Headers, coding: str, body: bytes) -> Headers:
    """A tag that stood for the plain bytes becomes a weak one."""
    described = [("Content-Encoding", coding), ("Content-Length", str(len(body)))]
    for key, value in headers:
        match key.lower():
            case "content-length":
                continue
            case "etag" if not value.startswith("W/"):
                described.append((key, f"W/{value}"))
            case _:
                described.append((key, value))
    return described
