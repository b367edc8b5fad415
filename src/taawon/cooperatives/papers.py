"""Papers that prove a claim: hostile on the way in, private afterwards."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image

from taawon.cooperatives import rules
from taawon.cooperatives.errors import BadPaper, PaperNeeded, TooManyPapers
from taawon.cooperatives.models import ClaimPaper
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.disk import writing
from taawon.core.errors import NotFound

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PAPERS = 8
_PICTURES = {
    "JPEG": ("image/jpeg", "jpg"),
    "MPO": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
}


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A file as it came in; what it calls itself is not believed."""

    title: str
    content: bytes | Readable


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    title: str
    content: bytes
    content_type: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be shown to whoever may read it."""

    title: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """The same, to be read piece by piece; whoever asked closes `file`."""

    title: str
    file: IO[Any]
    content_type: str


def checked(papers: Sequence[NewPaper]) -> list[CheckedPaper]:
    """PDF, JPEG, PNG or WebP by their content. Raises PaperNeeded, TooManyPapers, BadPaper."""
    if not papers:
        raise PaperNeeded(field="papers")
    if len(papers) > MOST_PAPERS:
        raise TooManyPapers(field="papers", most=MOST_PAPERS)
    return [_checked(paper) for paper in papers]


def store(papers: Iterable[CheckedPaper]) -> list[ClaimPaper]:
    """Write the files under random names; rows without a claim, not saved yet. Raises DiskFull."""
    written: list[ClaimPaper] = []
    try:
        with writing():
            for paper in papers:
                written.append(_stored(paper))
    except BaseException:
        forget(paper.file for paper in written)
        raise
    return written


@contextmanager
def kept(papers: Iterable[CheckedPaper]) -> Iterator[list[ClaimPaper]]:
    """What `store` writes, for what happens within: if that fails the files are gone again."""
    written = store(papers)
    try:
        yield written
    except BaseException:
        forget(paper.file for paper in written)
        raise


def _stored(paper: CheckedPaper) -> ClaimPaper:
    name = f"claims/{secrets.token_hex(16)}.{paper.suffix}"
    return ClaimPaper(
        file=storages["private"].save(name, ContentFile(paper.content)),
        title=paper.title,
        content_type=paper.content_type,
        size=len(paper.content),
    )


def forget(files: Iterable[str]) -> None:
    for file in files:
        storages["private"].delete(file)


def read(paper_id: int, *, by: Actor) -> Paper:
    """Raises NotFound, for those who may not know of it too."""
    paper = opened(paper_id, by=by)
    with paper.file as file:
        return Paper(title=paper.title, content=bytes(file.read()), content_type=paper.content_type)


def opened(paper_id: int, *, by: Actor) -> OpenPaper:
    """Raises NotFound, for those who may not know of it, and for a file that is gone."""
    papers = ClaimPaper.objects.select_related("claim__cooperative")
    paper = papers.filter(pk=paper_id).first()
    if paper is None or not rules.may_read_paper(by, paper.claim):
        raise NotFound
    try:
        file = storages["private"].open(paper.file)
    except FileNotFoundError:
        raise NotFound from None
    return OpenPaper(title=paper.title, file=file, content_type=paper.content_type)


def _checked(paper: NewPaper) -> CheckedPaper:
    title = written.line(paper.title, field="title", most=120)
    content = paper.content
    if not isinstance(content, bytes):
        content = content.read(MOST_BYTES + 1)
    if not content or len(content) > MOST_BYTES:
        raise BadPaper(field="papers", title=title)
    if content.startswith(b"%PDF-"):
        return CheckedPaper(title, content, "application/pdf", "pdf")
    kind = _picture_kind(content)
    if kind is None:
        raise BadPaper(field="papers", title=title)
    return CheckedPaper(title, content, *kind)


def _picture_kind(content: bytes) -> tuple[str, str] | None:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
            image.verify()
    except Exception:  # A hostile file may break a decoder in any way.
        return None
    return _PICTURES[image.format or ""] if width * height <= MOST_PIXELS else None
