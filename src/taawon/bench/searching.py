"""How fast words are found: the index by itself, beside the barest question of the same words."""

from __future__ import annotations

import secrets
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from tantivy import Query

from taawon.bench import client
from taawon.bench.server import serving
from taawon.catalogue.models import Product
from taawon.search import documents, feed, query, readers
from taawon.search.analysis import thesaurus
from taawon.search.readers import Reader
from taawon.web.market import listing, searching

WORDS, BEGUN = 200, 3
PATIENCE = 30.0
CHANGES = 5


def index() -> list[dict[str, Any]]:
    """Milliseconds in this process, nothing remembered from question to question."""
    reader = _reader()
    words = usual_words(reader)
    half = _nearest_to_half(reader)
    begun = list(dict.fromkeys(word[:BEGUN] for word in words))
    return [
        _line("usual words, floor", words, lambda word: _barely(reader, word)),
        _line("usual words, hits and facets", words, lambda word: _asked(reader, word)),
        _line(f"“{half}”, hits and facets", [half] * 20, lambda word: _asked(reader, word)),
        _line("suggestions", begun, lambda word: _offered(reader, word)),
    ]


def usual_words(reader: Reader) -> list[str]:
    """The most frequent of all, but for those that nobody asks for ("de")."""
    found: dict[str, int] = {}
    for field in ("name", "body"):
        for word, count in reader.searcher.terms_with_prefix(field, "", limit=4 * WORDS):
            found[word] = max(found.get(word, 0), count)
    asked = [word for word in found if not thesaurus.is_empty(word) and not word.isdecimal()]
    return sorted(asked, key=lambda word: (-found[word], word))[:WORDS]


def fresh() -> dict[str, Any]:
    """Seconds until a changed product is found: on this machine's server, and on a second one
    with an index of its own that follows the same database."""
    connection.close()
    second = Path(settings.HOME) / "second"
    shutil.copytree(Path(settings.HOME) / "index", second / "index")
    with serving() as here, serving(HOME=str(second)) as there:
        waits: dict[int, list[float]] = {here: [], there: []}
        for _ in range(CHANGES):
            word = _change()
            started = time.monotonic()
            for port in _found_at(word, [here, there]):
                waits[port].append(time.monotonic() - started)
    shutil.rmtree(second)
    return {"first": max(waits[here]), "second": max(waits[there])}


def _change() -> str:
    """A product gets a name that nothing else has, as a service would do it."""
    word = f"zellig{secrets.token_hex(4)}"
    with transaction.atomic():
        Product.objects.filter(pk=1).update(name_fr=word)
        feed.changed("product", 1)
    connection.close()
    return word


def _found_at(word: str, ports: Sequence[int]) -> Iterator[int]:
    """The ports in the order in which their servers find the word."""
    waiting, until = list(ports), time.monotonic() + PATIENCE
    while waiting and time.monotonic() < until:
        for port in list(waiting):
            [answer] = client.ask(port, client.get(f"/api/v1/products?q={word}"))
            if b'"count": 1,' in answer.body or b'"count":1,' in answer.body:
                waiting.remove(port)
                yield port
        time.sleep(0.02)
    if waiting:
        raise TimeoutError(f"A changed product was not found within {PATIENCE:.0f} s.")


def memory(port: int) -> int:
    """Bytes of the largest process of a server, what it shares with others counted in part."""
    return max(_proportional(int(path.parent.name)) for path in _processes(port))


def _processes(port: int) -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"PORT={port}".encode() in path.read_bytes().split(b"\0"):
                yield path
        except OSError:
            continue


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _reader() -> Reader:
    found = readers.of(documents.kind("product"))
    if found is None:
        raise RuntimeError("There is no index to measure.")
    return found


def _asked(reader: Reader, word: str) -> None:
    query.find("product", words=word, facets=listing.FACETS)


def _barely(reader: Reader, word: str) -> None:
    """One term, one facet, 24 hits."""
    term = Query.term_query(reader.schema, "body", word)
    reader.searcher.search(term, 24, count=True)
    reader.searcher.aggregate(term, {"region": {"terms": {"field": "is_region"}}})


def _offered(reader: Reader, begun: str) -> None:
    searching.offers(begun)


def _nearest_to_half(reader: Reader) -> str:
    half = reader.searcher.num_docs // 2
    words = reader.searcher.terms_with_prefix("body", "", limit=2_000)
    return min(words, key=lambda one: (abs(one[1] - half), one[0]))[0]


def _line(name: str, words: Sequence[str], ask: Callable[[str], None]) -> dict[str, Any]:
    ask(words[0])
    taken = []
    for word in words:
        with _nothing_remembered():
            started = time.perf_counter()
            ask(word)
            taken.append((time.perf_counter() - started) * 1000)
    quantiles = statistics.quantiles(taken, n=20) if len(taken) > 1 else taken * 19
    return {
        "line": name,
        "questions": len(taken),
        "p50_ms": round(statistics.median(taken), 2),
        "p95_ms": round(quantiles[18], 2),
        "most_ms": round(max(taken), 2),
    }


@contextmanager
def _nothing_remembered() -> Iterator[None]:
    for kind in documents.kinds():
        if (reader := readers.of(kind)) is not None:
            reader.forget()
    yield
