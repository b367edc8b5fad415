"""What gateways that speak HTTP share: a connection that stays open, and words off the wire."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import local
from urllib.parse import parse_qsl, urlsplit

TIMEOUT = 20
_open = local()


class NotReached(Exception):  # noqa: N818 - a fact about the line, told upwards as an answer
    """Nothing was said to the other side: a second try cannot double anything."""


class NoAnswer(Exception):  # noqa: N818 - a fact about the line, told upwards as an answer
    """It may have heard us."""


def call(
    method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and body. A connection each thread stays open; raises NotReached or NoAnswer."""
    where = urlsplit(address)
    path = f"{where.path or '/'}?{where.query}" if where.query else where.path or "/"
    for fresh in (False, True):
        connection, used = _connection(where.scheme, where.netloc, fresh=fresh)
        try:
            connection.request(method, path, body, dict(headers or {}))
        except (OSError, HTTPException) as trouble:
            _drop(where.scheme, where.netloc)
            if used:
                continue  # It was closed while nobody spoke: once more, on a new one.
            raise NotReached(type(trouble).__name__) from None
        try:
            answer = connection.getresponse()
            return answer.status, answer.read(65_536)
        except (OSError, HTTPException) as trouble:
            _drop(where.scheme, where.netloc)
            raise NoAnswer(type(trouble).__name__) from None
    raise NotReached("closed")


def hang_up() -> None:
    """Close what this thread keeps open."""
    for connection in _open.__dict__.pop("known", {}).values():
        connection.close()


def fields(query: str) -> dict[str, str]:
    """The fields of a query or form; Latin-1 where UTF-8 was promised and is not there."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    found = {name: value.encode("utf-8", "surrogateescape") for name, value in pairs}
    wide = found.get("charset", b"").upper() in (b"UTF-16BE", b"UCS-2")
    return {name: _words(value, wide=wide and name == "text") for name, value in found.items()}


def _words(value: bytes, *, wide: bool) -> str:
    if wide:
        return value.decode("utf-16-be", "replace")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _connection(scheme: str, netloc: str, *, fresh: bool) -> tuple[HTTPConnection, bool]:
    known: dict[tuple[str, str], HTTPConnection] = _open.__dict__.setdefault("known", {})
    if not fresh and (scheme, netloc) in known:
        return known[scheme, netloc], True
    host = netloc.rpartition("@")[2]
    kind = HTTPSConnection if scheme == "https" else HTTPConnection
    known[scheme, netloc] = kind(host, timeout=TIMEOUT)
    return known[scheme, netloc], False


def _drop(scheme: str, netloc: str) -> None:
    connection = _open.__dict__.setdefault("known", {}).pop((scheme, netloc), None)
    if connection is not None:
        connection.close()
