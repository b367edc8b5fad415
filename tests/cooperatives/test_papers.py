from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings

from taawon.cooperatives import papers
from taawon.cooperatives.errors import BadPaper, PaperNeeded, TooManyPapers
from taawon.cooperatives.papers import NewPaper
from taawon.cooperatives.services import claims
from taawon.core.errors import Missing, NotFound
from tests.cooperatives.files import EXECUTABLE, PDF, SVG, picture
from tests.factories import CooperativeFactory, PersonFactory, actor, staff


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PDF, "application/pdf"),
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
    ],
)
def test_what_a_paper_is_stands_in_its_content(content: bytes, content_type: str) -> None:
    [paper] = papers.checked([NewPaper("  Statuts\u202e ", io.BytesIO(content))])

    assert (paper.title, paper.content, paper.content_type) == ("Statuts", content, content_type)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        EXECUTABLE,
        SVG,
        b"<html>%PDF-",
        picture("GIF"),
        picture("JPEG")[:20],
        PDF + bytes(10 * 1024 * 1024),
    ],
    ids=["empty", "executable", "svg", "html", "gif", "cut", "too large"],
)
def test_what_is_no_paper(content: bytes) -> None:
    with pytest.raises(BadPaper) as refusal:
        papers.checked([NewPaper("Statuts", content)])
    assert refusal.value.field == "papers"


def test_a_bomb_is_no_paper() -> None:
    buffer = io.BytesIO(picture("PNG", (10_000, 5_001)))
    with pytest.raises(BadPaper):
        papers.checked([NewPaper("Statuts", buffer)])


def test_papers_are_needed_titled_and_few() -> None:
    with pytest.raises(PaperNeeded):
        papers.checked([])
    with pytest.raises(TooManyPapers):
        papers.checked([NewPaper("Statuts", PDF)] * 9)
    with pytest.raises(Missing):
        papers.checked([NewPaper(" \u200e", PDF)])


@pytest.mark.django_db
def test_a_paper_is_private() -> None:
    person = PersonFactory()
    claim = claims.make(
        CooperativeFactory().pk,
        role="president",
        message="",
        papers=[NewPaper("Statuts", PDF)],
        by=actor(person),
    )
    paper = claim.papers.get()

    assert papers.read(paper.pk, by=actor(person)).content == PDF
    assert papers.read(paper.pk, by=staff()).content_type == "application/pdf"
    for stranger in (actor(), actor(PersonFactory())):
        with pytest.raises(NotFound):
            papers.read(paper.pk, by=stranger)
    with pytest.raises(NotFound):
        papers.read(paper.pk + 1, by=staff())
    file = Path(settings.HOME) / "private" / paper.file
    assert file.read_bytes() == PDF
    assert "tatuts" not in paper.file
