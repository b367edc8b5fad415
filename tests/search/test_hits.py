"""The order of hits, and how groups take turns on the first page."""

from __future__ import annotations

from collections import Counter

import pytest

from taawon.search import follower
from taawon.search.query import find
from tests.search.conftest import Notes

pytestmark = pytest.mark.django_db


def test_the_name_before_the_text_and_exact_before_derived(notes: Notes) -> None:
    notes.put(1, "Savon", "huile d’argan")
    notes.put(2, "Amlou à l’huile")
    notes.put(3, "Huiles du Souss")
    notes.put(4, "Huile vierge")
    notes.put(5, "زيت")
    notes.put(6, "Savon noir")
    follower.rebuild()
    assert find("note", words="huile").ids == (4, 2, 3, 5, 1)


def test_among_equal_hits_the_better_rank_then_the_newer(notes: Notes) -> None:
    for id, rank in ((1, 0), (2, 900), (3, 500), (4, 900)):
        notes.put(id, "Miel de thym", rank=rank)
    notes.put(5, "Nougat au miel", rank=1_000)
    follower.rebuild()
    assert find("note", words="miel").ids == (4, 2, 3, 1, 5)
    # More than one word: worth first, rank among equals.
    assert find("note", words="miel thym").ids[:2] in ((4, 2), (2, 4))


def test_what_is_near_comes_first_among_equal_hits(notes: Notes) -> None:
    notes.put(1, "Miel de thym", region="MA-02")
    notes.put(2, "Miel de thym", region="MA-09")
    notes.put(3, "Thym", region="MA-09")
    follower.rebuild()
    assert find("note", words="miel", preferred={"region": ["MA-09"]}).ids == (2, 1)
    assert find("note", words="miel", preferred={"region": ["MA-02"]}).ids == (1, 2)


def test_nobody_fills_the_first_page(notes: Notes) -> None:
    for id in range(1, 41):
        notes.put(id, "Miel de thym", group=1, rank=900)
    for id in range(41, 61):
        notes.put(id, "Pot de miel", group=id, rank=0)
    follower.rebuild()

    first = find("note", words="miel", per_page=10).ids
    groups = Counter(1 if id <= 40 else id for id in first)

    assert len(first) == 10
    assert groups[1] == 3
    pages = [find("note", words="miel", per_page=10, page=page).ids for page in range(1, 8)]
    assert sorted(id for page in pages for id in page) == list(range(1, 61))


def test_where_there_is_nobody_else_the_page_is_full(notes: Notes) -> None:
    for id in range(1, 31):
        notes.put(id, "Miel de thym", group=7)
    follower.rebuild()
    assert len(find("note", words="miel", per_page=10).ids) == 10
    assert len(set(find("note", words="miel", per_page=10, page=3).ids)) == 10


def test_deep_pages_end(notes: Notes) -> None:
    for id in range(1, 31):
        notes.put(id, "Miel", group=id)
    follower.rebuild()
    assert find("note", words="miel", per_page=10, page=4).ids == ()
    assert find("note", words="miel", per_page=24, page=10**9).ids == ()
