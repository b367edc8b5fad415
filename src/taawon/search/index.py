"""The index on this machine's disk: where it lies, how it is written and how it is opened.

    HOME/index/<kind>-<shape>/current       the name of the build in use
    HOME/index/<kind>-<shape>/<build>/      the index itself
    HOME/index/<kind>-<shape>/<build>.json  how far in the feed it has come

`shape` changes with the fields, so that old and new code never open each other's index. A build is
complete before `current` names it. Its place in the feed is written after the commit that it tells
of: after a crash some lines are followed twice, which changes nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

import tantivy
from django.conf import settings

from taawon.search.analysis import forms, thesaurus
from taawon.search.documents import LARGEST_NUMBER, Document, Kind
from taawon.search.feed import Line

# Goes up with any change of what is written for the same fields.
FORMAT = 4
# A hit's score is multiplied by the logarithm of its weight: so much that equal hits are told apart
# by their rank, so little that no better hit comes after a worse one.
WEIGHT, A_RANK = 1_000_000, 60
SMALL_HEAP = 15_000_000
LARGE_HEAP = 96_000_000
ID_BITS = 32
# What the bindings raise, and what a disk does.
BROKEN = (ValueError, OSError)


class Busy(Exception):
    """Another process on this machine writes the index."""


def home() -> Path:
    return Path(settings.HOME) / "index"


def folder(kind: Kind) -> Path:
    return _folder(str(settings.HOME), kind.name, _shape(kind.facets, kind.numbers))


# Every question asks which build is in use: putting a path together takes longer than reading it.
@lru_cache(maxsize=64)
def _folder(home: str, kind: str, shape: str) -> Path:
    return Path(home) / "index" / f"{kind}-{shape}"


@lru_cache(maxsize=64)
def _build(folder: Path, name: str) -> Path:
    return folder / name


@cache
def _shape(facets: tuple[str, ...], numbers: tuple[str, ...]) -> str:
    words = hashlib.sha256(thesaurus.version().encode()).hexdigest()
    parts = json.dumps([FORMAT, version("tantivy"), words, facets, numbers])
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


def current(kind: Kind) -> Path | None:
    """The build in use, or None."""
    place = folder(kind)
    try:
        name = _build(place, "current").read_text()
    except OSError:
        return None
    return _build(place, name) if name and _build(place, f"{name}/meta.json").is_file() else None


def schema(kind: Kind) -> tantivy.Schema:
    """Texts are folded before they come here, "…_keys" are told in analysis.forms; facets are exact
    words; "has_…" can be ranged over, "by_…" orders by a number, then by id.

    All numbers are signed: the bindings delete by term only where the field is signed.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("weight", fast=True)
    builder.add_integer_field("by_rank", fast=True)
    builder.add_integer_field("group", indexed=True, fast=True)
    for text in ("name", "name_keys", "body", "proper_keys", "all"):
        builder.add_text_field(text, tokenizer_name="whitespace", index_option="basic")
    for facet in kind.facets:
        name = f"is_{facet}"
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for number in kind.numbers:
        builder.add_integer_field(f"has_{number}", indexed=True, fast=True)
        builder.add_integer_field(f"by_{number}", fast=True)
    return builder.build()


def open_at(build: Path) -> tantivy.Index:
    """Raises one of BROKEN when the index is damaged."""
    index = tantivy.Index.open(str(build))
    index.config_reader("manual")
    index.reload()
    return index


def create(kind: Kind) -> Path:
    """An empty index that nobody uses yet."""
    build = folder(kind) / secrets.token_hex(6)
    build.mkdir(parents=True)
    tantivy.Index(schema(kind), path=str(build))
    return build


def publish(kind: Kind, build: Path) -> None:
    """From now on this build is in use; what was in use before is taken away."""
    _write(folder(kind) / "current", build.name)
    for other in home().glob(f"{kind.name}-*"):
        if other != folder(kind):
            shutil.rmtree(other, ignore_errors=True)
    for path in folder(kind).iterdir():
        if path.name.partition(".")[0] not in ("current", build.name):
            _remove(path)


def discard(build: Path) -> None:
    _remove(build)
    _place(build).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def read_line(build: Path) -> Line | None:
    """How far in the feed a build has come; None when nobody knows."""
    try:
        return Line(*json.loads(_place(build).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write_line(build: Path, line: Line) -> None:
    _write(_place(build), json.dumps(astuple(line)))


def _place(build: Path) -> Path:
    return build.with_name(f"{build.name}.json")


def _write(path: Path, text: str) -> None:
    """All or nothing, whatever happens to the machine."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class Writer:
    """Puts documents into a build, and takes them out. One a build at a time."""

    def __init__(self, build: Path, *, heap: int = SMALL_HEAP) -> None:
        self.build = build
        self._index = open_at(build)
        # Reading it once shows what is damaged.
        self._index.searcher().search(tantivy.Query.all_query(), 1)
        self._writer = self._index.writer(heap_size=heap, num_threads=1)

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._writer.add_document(_written(document))

    def delete(self, ids: Iterable[int]) -> None:
        for id in ids:
            self._writer.delete_documents_by_term("id", id)

    def commit(self, line: Line) -> None:
        self._writer.commit()
        write_line(self.build, line)

    def close(self) -> None:
        """Waits for segments that are being merged; the writer cannot be used after."""
        self._writer.wait_merging_threads()


def _written(document: Document) -> tantivy.Document:
    made = tantivy.Document()
    made.add_integer("id", document.id)
    name = forms.of_name(document.names)
    body = forms.of_texts((*document.proper, *document.body))
    proper = forms.sounds_of(document.proper)
    made.add_text("name", name.words)
    made.add_text("name_keys", name.keys)
    made.add_text("body", body.words)
    made.add_text("proper_keys", proper)
    # Whatever finds it, in one place: to pass or not to pass is asked of a few terms.
    made.add_text("all", f"{name.every} {body.every} {proper}")
    rank = min(max(document.rank, 0), 1_000)
    made.add_integer("weight", WEIGHT + A_RANK * rank)
    made.add_integer("by_rank", _with_id(rank, document))
    made.add_integer("group", document.group)
    for facet, values in document.terms.items():
        for value in values if len(values) < 2 else dict.fromkeys(values):
            made.add_text(f"is_{facet}", value)
    for number, amount in document.numbers.items():
        kept = min(max(amount, 0), LARGEST_NUMBER)
        made.add_integer(f"has_{number}", kept)
        made.add_integer(f"by_{number}", _with_id(kept, document))
    return made


def _with_id(number: int, document: Document) -> int:
    """Orders by the number, then by id: no two are equal."""
    return number << ID_BITS | document.id & (1 << ID_BITS) - 1


@contextmanager
def only_writer() -> Iterator[None]:
    """Held by the one process of this machine that writes. Raises Busy. Ends with the process."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "writer.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def chunks(ids: Iterable[int], size: int) -> Iterator[Sequence[int]]:
    batch: list[int] = []
    for id in ids:
        batch.append(id)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
