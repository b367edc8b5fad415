from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from taawon.search import documents, readers
from taawon.search.documents import Document


class Notes:
    """A kind of documents of its own: what is in `rows` can be found."""

    def __init__(self) -> None:
        self.rows: dict[int, Document] = {}
        self.built: list[int] = []

    def put(
        self,
        id: int,
        name: str = "",
        body: str = "",
        price: int = 0,
        rank: int = 0,
        group: int = 0,
        proper: str = "",
        **terms: str | tuple[str, ...],
    ) -> None:
        self.rows[id] = Document(
            kind="note",
            id=id,
            names=(name,),
            body=(body,),
            rank=rank,
            group=group,
            proper=(proper,),
            terms={
                facet: (value,) if isinstance(value, str) else value
                for facet, value in terms.items()
            },
            numbers={"price": price, "newest": id},
        )

    def build(self, ids: Sequence[int]) -> list[Document]:
        self.built += ids
        return [self.rows[id] for id in ids if id in self.rows]

    def all_ids(self) -> Iterator[int]:
        return iter(sorted(self.rows))


@pytest.fixture
def notes(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notes]:
    settings.HOME = tmp_path
    monkeypatch.setattr(documents, "_kinds", {})
    readers.forget()
    notes = Notes()
    documents.register(
        "note",
        notes.build,
        notes.all_ids,
        facets=("region", "category", "women"),
        numbers=("price", "newest"),
        sort="-newest",
    )
    yield notes
    readers.forget()
