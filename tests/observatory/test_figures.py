from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from taawon.cooperatives.states import CooperativeStatus
from taawon.cooperatives.statistics import Counted
from taawon.observatory import adding, figures, published, series
from taawon.observatory.errors import DoesNotAddUp
from taawon.observatory.figures import Known
from tests.factories import CooperativeFactory, ProvinceFactory, SectorFactory, ShopFactory

KNOWN = Known(
    regions=("MA-01", "MA-02", "MA-03"),
    provinces=("MA-AAA", "MA-BBB", "MA-CCC"),
    sectors=("argan", "miel", "tapis"),
)
PLACES = dict(zip(KNOWN.provinces, KNOWN.regions, strict=True))
registers = st.lists(
    st.builds(
        lambda province, sector, womens, status, year, sells, women, men: Counted(
            PLACES[province], province, sector, womens, status, year, sells, women, men
        ),
        st.sampled_from(KNOWN.provinces),
        st.sampled_from([*KNOWN.sectors, "nouveau"]),
        st.booleans(),
        st.sampled_from(CooperativeStatus.values),
        st.none() | st.integers(1990, 2026),
        st.booleans(),
        st.integers(0, 9),
        st.integers(0, 40),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(registers, st.integers(1, 8))
def test_parts_and_what_nobody_claims_make_the_total(rows: list[Counted], small: int) -> None:
    whole = figures.count(rows, KNOWN, 1)
    covered = figures.count(rows, KNOWN, small)

    for code, table in whole.items():
        parts = table["rows"] if "cells" in table else table["parts"]
        assert sum(parts.values()) + table["unallocated"] == table["total"]
        if "cells" in table:
            assert sum(table["columns"].values()) == table["total"]
            for row, cells in table["cells"].items():
                assert sum(cells.values()) == table["rows"][row]
        expected = sum(row.women + row.men for row in rows) if code == "members" else len(rows)
        if code != "shops":
            assert table["total"] == expected
    for code, table in covered.items():
        assert _shown(table) <= _shown(whole[code])


def _shown(table: dict[str, Any]) -> set[tuple[str, str, int]]:
    """Every number that is shown, with its place: what is withheld is none of them."""
    lines = table.get("cells") or {"": table["parts"]}
    return {
        (row, column, number)
        for row, cells in lines.items()
        for column, number in cells.items()
        if number is not None
    }


def test_what_is_published_of_2019() -> None:
    table = published.official_2019()
    assert table["total"] == 27_262
    assert table["unallocated"] == 2
    assert sum(table["parts"].values()) == 27_260
    assert len(table["parts"]) == 12


@pytest.mark.parametrize(
    "table",
    [
        {"total": 3, "unallocated": 0, "parts": {"a": 1, "b": 1}},
        {
            "total": 3,
            "unallocated": 0,
            "rows": {"a": 3},
            "columns": {"x": 3},
            "cells": {"a": {"x": 4}},
        },
        {
            "total": 3,
            "unallocated": 0,
            "rows": {"a": 3},
            "columns": {"x": None, "y": 1},
            "cells": {"a": {"x": None, "y": 4}},
        },
    ],
)
def test_what_does_not_add_up_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(DoesNotAddUp) as refusal:
        adding.insist({"good": {"total": 0, "unallocated": 0, "parts": {}}, "bad": table})
    assert refusal.value.facts == {"series": "bad"}


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_is_read_once(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        CooperativeFactory(women=6, men=number, is_womens=number == 0, registered_on="2024-05-01")
    ShopFactory(cooperative__province=ProvinceFactory(), cooperative__women=7)

    # Regions, provinces, sectors, and the register.
    with django_assert_num_queries(4):
        standing = figures.now()
    assert figures.now() is standing
    assert standing.book["cooperatives"] == {
        "total": rows + 1,
        "unallocated": 0,
        "parts": {"MA-09": rows + 1},
    }
    assert standing.book["registrations"] == {
        "total": rows + 1,
        "unallocated": 1,
        "parts": {"2024": rows},
    }
    assert standing.book["shops"]["total"] == 1


@pytest.mark.django_db
def test_small_cells_of_a_real_register_are_withheld() -> None:
    agadir, tiznit = ProvinceFactory(code="MA-AGD"), ProvinceFactory()
    miel, argan = SectorFactory(code="miel"), SectorFactory()
    CooperativeFactory.create_batch(3, province=agadir, sector=miel, is_womens=True)
    CooperativeFactory.create_batch(6, province=tiznit, sector=argan)

    book = figures.now().book

    assert book["womens-cooperatives"]["cells"] == {"MA-09": {"womens": None, "others": None}}
    assert book["womens-cooperatives"]["columns"] == {"womens": 3, "others": 6}
    assert book["cooperatives"]["parts"] == {"MA-09": 9}


def test_every_series_says_what_it_is() -> None:
    assert [one.code for one in series.OFFICIAL] == [
        "official-2019",
        "official-womens-2019",
        "official-womens-2015",
    ]
    for one in series.ALL.values():
        words = (one.title, one.definition, one.unit, one.source, one.method)
        assert all(map(str, words))
        assert one.official is (one.as_of is not None)
    unknown = [one.code for one in series.ALL.values() if not one.definition_known]
    assert unknown == ["official-womens-2019"]
