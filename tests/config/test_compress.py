from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from taawon.config.compress import Compressed

TEXT = b"<p>Taawon</p>" * 100


def _ask(
    answer: Any, accepted: str = "gzip, br", method: str = "GET"
) -> tuple[Any, dict[str, str]]:
    sent: list[Any] = []

    def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", list(answer.items()))
        found: Iterable[bytes] = answer
        return found

    environ = {"REQUEST_METHOD": method, "HTTP_ACCEPT_ENCODING": accepted}
    body = Compressed(application)(environ, lambda *given: sent.extend(given))
    assert sent[0] == "200 OK"
    return body, dict(sent[1])


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_best_coding_that_the_client_takes(accepted: str, coding: str) -> None:
    answer = HttpResponse(TEXT, headers={"Vary": "Cookie", "Content-Length": "1300"})
    [body], headers = _ask(answer, accepted)
    plain = {"br": brotli.decompress, "gzip": lambda b: zlib.decompress(b, 31), "": bytes}

    assert plain[coding](body) == TEXT
    assert headers.get("Content-Encoding", "") == coding
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Cookie, Accept-Encoding"
    assert answer.closed


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(b"short"),
        HttpResponse(TEXT, content_type="image/avif"),
        HttpResponse(TEXT, headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_is_left_alone(answer: HttpResponse) -> None:
    before = dict(answer.items())
    body, headers = _ask(answer)
    assert (body, headers) == ([answer.content], before)


def test_a_stream_passes_as_it_is() -> None:
    answer = StreamingHttpResponse([TEXT, TEXT], content_type="text/csv")
    body, headers = _ask(answer)
    assert body is answer
    assert "Content-Encoding" not in headers


def test_a_head_has_no_body_to_compress() -> None:
    _, headers = _ask(HttpResponse(TEXT), method="HEAD")
    assert "Content-Encoding" not in headers


def test_a_strong_tag_becomes_a_weak_one() -> None:
    _, headers = _ask(HttpResponse(TEXT, headers={"ETag": '"a"'}))
    assert headers["ETag"] == 'W/"a"'
    _, headers = _ask(HttpResponse(TEXT, headers={"ETag": 'W/"a"'}))
    assert headers["ETag"] == 'W/"a"'


def test_what_is_public_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[str] = []
    answers: list[HttpResponse] = []

    def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", list(answers[-1].items()))
        return answers[-1]

    monkeypatch.setattr(
        "taawon.config.compress._compress", lambda coding, body: times.append(coding) or b"small"
    )
    compressed = Compressed(application)
    for control in ("public, max-age=0", "public, max-age=0", "private", "private"):
        answers.append(HttpResponse(TEXT, headers={"Cache-Control": control}))
        environ = {"REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "br"}
        assert compressed(environ, lambda *_: None) == [b"small"]
    assert times == ["br", "br", "br"]
