"""What nobody should type into the search: a clear answer, and nothing slow."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.market.build import index, register

__all__ = ["index"]
pytestmark = pytest.mark.django_db
MOST_SECONDS = 0.5
WORDS = (
    "a" * 10_000,
    "miel " * 2_000,
    "de la du des",
    "?!.,;:-_*()",
    "' OR 1=1; DROP TABLE cooperatives_cooperative; --",
    "miel AND (argan OR NOT huile)",
    'name:"miel" body:[a TO z]',
    '%_*"',
    "\x00miel\x00",
    "\u202emiel\u202c \u2066argan\u2069",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "💥🍯",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "ⵜ" * 500,
    "َُِّْ" * 200,
)


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_every_page_answers(words: str, client: Client, index: Callable[[], None]) -> None:
    register()
    index()
    for page in ("products", "cooperatives", "suggestions"):
        for language in ("fr", "ar"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = client.get(f"/{language}/{page}/?q={quote(words, errors='ignore')}")
            assert answer.status_code == 200
            assert [one for one in asked if float(one["time"]) > MOST_SECONDS] == []
            assert "<script>alert" not in answer.text
    answer = client.get(f"/api/v1/cooperatives?q={quote(words[:400], errors='ignore')}")
    assert answer.status_code == 200


def test_before_there_is_an_index(client: Client, index: Callable[[], None]) -> None:
    register()
    for words in WORDS:
        for page in ("products", "cooperatives", "suggestions"):
            answer = client.get(f"/fr/{page}/?q={quote(words, errors='ignore')}")
            assert answer.status_code == 200
