from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import taawon.demo
from taawon.places import reference
from tests.search.quality.load import GROUPS, HERE, corpus, queries

TEXT = Path(taawon.demo.__file__).parent / "text"
ALL = [query for group in GROUPS for query in queries(group)]


def slugs(name: str) -> set[str]:
    with (TEXT / name).open(encoding="utf-8") as rows:
        return {row["slug"] for row in csv.DictReader(rows, delimiter="\t")}


def test_the_corpus_is_large_enough_to_hide_things_in() -> None:
    assert len(corpus().products) >= 220
    assert len(corpus().cooperatives) >= 120


def test_a_key_names_one_document() -> None:
    assert corpus().keys("product") & corpus().keys("cooperative") == set()


def test_every_cooperative_has_a_name() -> None:
    assert [each.key for each in corpus().cooperatives.values() if not each.fr + each.ar] == []


def test_every_product_is_sold_by_a_cooperative_under_a_category() -> None:
    products = corpus().products.values()

    assert {each.cooperative for each in products} - corpus().keys("cooperative") == set()
    assert {each.category for each in products} - slugs("categories.tsv") == set()


def test_every_cooperative_is_somewhere_and_does_something() -> None:
    cooperatives = corpus().cooperatives.values()
    communes = {each.code: each.province_code for each in reference.communes()}

    assert {each.sector for each in cooperatives} - slugs("sectors.tsv") == set()
    assert {each.province for each in cooperatives} - {
        p.code for p in reference.provinces()
    } == set()
    assert [
        each.key
        for each in cooperatives
        if each.commune and communes.get(each.commune) != each.province
    ] == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_large_enough_and_says_what_may_not_be_found(group: str) -> None:
    asked = queries(group)

    assert len(asked) >= 80
    assert sum(bool(query.never) for query in asked) >= 0.4 * len(asked)


def test_every_key_that_a_query_names_is_of_its_kind() -> None:
    assert [
        (query.q, strange)
        for query in ALL
        if (strange := {*query.first, *query.never} - corpus().keys(query.kind))
    ] == []


def test_a_query_asks_for_one_to_five_documents_and_never_for_what_it_refuses() -> None:
    assert [query.q for query in ALL if not 1 <= len(set(query.first)) <= 5] == []
    assert [query.q for query in ALL if set(query.first) & set(query.never)] == []
    assert [
        query.q
        for query in ALL
        if (len(query.first), len(query.never)) != (len(set(query.first)), len(set(query.never)))
    ] == []


def test_every_query_says_why() -> None:
    assert [query.q for query in ALL if not query.why] == []


def test_no_query_stands_twice() -> None:
    # Neither capitals nor blanks make another question.
    asked = Counter(" ".join(query.q.casefold().split()) for query in ALL)
    assert [query for query, times in asked.items() if times > 1] == []


def test_a_line_can_be_read() -> None:
    assert [
        f"{path.name}:{number}"
        for path in sorted(HERE.glob("*.toml"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 140
    ] == []
