from __future__ import annotations

import threading

import pytest
from django.db import transaction

from taawon.search import feed, follower, hits, query
from taawon.search.query import Found, find
from tests.search.conftest import Notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(notes: Notes) -> Notes:
    south, east = {"region": "MA-09"}, {"region": "MA-02"}
    notes.put(1, "Huile d'argan", "Tigmi", 9000, **south, category=("argan", "oils"), women="yes")
    notes.put(2, "Huile d’olive", "Tigmi", 6000, **east, category=("olive", "oils"), women="no")
    notes.put(3, "Miel de thym عسل الزعتر", "Argana", 12000, **south, category="honey", women="yes")
    notes.put(4, "Miel d'euphorbe عسل", "Dadès", 15000, **east, category="honey", women="no")
    notes.put(5, "Savon à l’huile d’argan", "Tigmi", 2500, **south, category="soap", women="yes")
    follower.rebuild()
    return notes


def ids(words: str = "", sort: str = "newest") -> tuple[int, ...]:
    return find("note", words=words, sort=sort).ids


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("argan", (1, 3, 5)),
        ("ARGAN huile", (1, 5)),
        ("d'argan savon", (5,)),
        ("d argan savon", (5,)),
        ("miel", (3, 4)),
        ("عَسَل", (3, 4)),
        ("eup", (4,)),
        ("eup miel", (3, 4)),
        ("miel eup", (4,)),
        ("dades", (4,)),
        ("saffron", ()),
    ],
)
def test_all_words_must_match_and_the_last_may_be_unfinished(
    shelf: Notes, words: str, found: tuple[int, ...]
) -> None:
    assert ids(words) == found


def test_a_name_counts_more_than_a_body(shelf: Notes) -> None:
    assert find("note", words="argan").ids[-1] == 3
    assert find("note", words="tigmi argan").ids == (1, 5)


def test_filters_of_a_facet_are_alternatives_and_facets_add_up(shelf: Notes) -> None:
    assert find("note", filters={"category": ["oils", "soap"]}, sort="newest").ids == (1, 2, 5)
    assert find("note", filters={"category": ["oils", "soap"], "region": ["MA-02"]}).ids == (2,)
    assert find("note", filters={"category": ["nothing", "\x00", "\ud800"]}).count == 0
    assert find("note", filters={"category": []}).count == 5


def test_counts_are_exact_and_leave_out_their_own_filter(shelf: Notes) -> None:
    found = find(
        "note",
        words="huile",
        filters={"region": ["MA-09"]},
        facets=["region", "category", "women"],
    )
    assert found.count == 2
    assert found.facets == {
        "region": {"MA-09": 2, "MA-02": 1},
        "category": {"argan": 1, "oils": 1, "soap": 1},
        "women": {"yes": 2},
    }


def test_ranges_include_both_ends(shelf: Notes) -> None:
    def between(low: int | None, high: int | None) -> tuple[int, ...]:
        return find("note", ranges={"price": (low, high)}, sort="newest").ids

    assert between(6000, 12000) == (1, 2, 3)
    assert between(None, 6000) == (2, 5)
    assert between(12001, None) == (4,)
    assert between(None, None) == (1, 2, 3, 4, 5)
    assert between(9000, 6000) == ()
    assert between(-(10**30), 10**30) == (1, 2, 3, 4, 5)
    assert between(10**30, None) == ()
    assert between(None, -1) == ()


def test_orders(shelf: Notes) -> None:
    assert ids(sort="price") == (5, 2, 1, 3, 4)
    assert ids(sort="-price") == (4, 3, 1, 2, 5)
    assert ids(sort="relevance") == (5, 4, 3, 2, 1)


def test_equal_numbers_are_ordered_by_id(notes: Notes) -> None:
    for id in (3, 1, 2):
        notes.put(id, price=100)
    follower.rebuild()
    assert ids(sort="price") == (1, 2, 3)
    assert ids(sort="-price") == (3, 2, 1)


def test_pages(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    for id in range(1, 31):
        notes.put(id, price=id)
    follower.rebuild()
    monkeypatch.setattr(query, "DEEPEST", 25)
    monkeypatch.setattr(hits, "DEEPEST", 25)

    def page(number: int) -> Found:
        return find("note", sort="price", page=number, per_page=10)

    assert page(1).ids == tuple(range(1, 11))
    assert page(3).ids == (21, 22, 23, 24, 25)
    assert page(4) == Found(count=30)
    assert page(0).ids == page(-5).ids == page(1).ids
    assert page(10**12).ids == ()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("\x00", 5),
        ("?!,;:*", 5),
        ("\ud800", 5),
        ("a" * 10_000, 0),
        ("miel " * 2_000, 2),
        ("miel AND NOT (thym", 1),
        ('name:"miel" OR -argan*', 1),
        ("/.*/", 5),
        ("miel\x00thym", 1),
        ("' OR 1=1 --", 0),
        ("[a TO z}", 0),
        ("💥", 5),
    ],
)
def test_hostile_words_have_a_plain_answer(shelf: Notes, words: str, count: int) -> None:
    found = find("note", words=words, facets=["region"])
    assert (found.count, found.ready) == (count, True)


def test_a_mistake_of_the_caller_is_said(shelf: Notes) -> None:
    for wrong in (
        {"filters": {"colour": ["red"]}},
        {"ranges": {"weight": (1, 2)}},
        {"sort": "weight"},
        {"facets": ["colour"]},
    ):
        with pytest.raises(ValueError, match="note"):
            find("note", **wrong)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(KeyError):
        find("nothing")


def test_nothing_in_the_index(notes: Notes) -> None:
    follower.rebuild()
    assert find("note", words="miel", facets=["region"]) == Found(
        facets={"region": {}}, also=("عسل", "honey")
    )
    assert find("note", facets=["region"]) == Found(facets={"region": {}})


@pytest.mark.django_db(transaction=True)
def test_many_threads_read_while_it_is_written(notes: Notes) -> None:
    for id in range(1, 200):
        notes.put(id, "Miel", region="MA-09")
    follower.rebuild()
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            found = find("note", words="miel", filters={"region": ["MA-09"]}, facets=["region"])
            if not found.ready or found.facets["region"] != {"MA-09": found.count}:
                wrong.append(found)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for id in range(200, 210):
        notes.put(id, "Miel", region="MA-09")
        with transaction.atomic():
            feed.changed("note", id)
        follower.follow_once()
        # While another thread opens the new state, the one before still answers.
        assert find("note", words="miel").count in (id - 1, id)
    stop.set()
    for thread in threads:
        thread.join()
    assert find("note", words="miel").count == 209
    assert wrong == []


def test_where_nothing_is_counted(shelf: Notes) -> None:
    found = find("note", words="huile", per_page=2, counted=False)
    assert (found.ids, found.count, found.loosely) == ((2, 1), 2, False)
    nothing_has_both = find("note", words="huile euphorbe", counted=False)
    assert (nothing_has_both.count, nothing_has_both.loosely) == (4, True)
    assert find("note", words="saffron", counted=False) == find("note", words="saffron")
