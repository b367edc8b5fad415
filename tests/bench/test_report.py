from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from taawon.accounts.models import Person
from taawon.bench import counting, report


def line(page: str, kind: str, per_second: float, **more: Any) -> dict[str, Any]:
    at = {"per_second": per_second, "p50_ms": 1.5, "p99_ms": 20.0}
    size = {"identity": 50_000, "gzip": 6_000, "br": 5_000}
    made = {"page": page, "kind": kind, "errors": {}, "at": {"1": at, "16": at}}
    return made | ({"queries": 3, "bytes": size} if kind else {}) | more


def lines(slowness: float = 1.0) -> list[dict[str, Any]]:
    found = []
    for page in ("home", "catalogue", "filtered catalogue", "product", "cooperative"):
        found += [line(page, "floor", 500), line(page, "not cached", 400 * slowness)]
        found += [line(page, "logged in", 350), line(page, "cached", 5000 * slowness)]
    found += [line("checkout post", "floor", 700), line("checkout post", "not cached", 300)]
    found += [line("whole checkout", "", 80 * slowness, errors={"status 500": 2})]
    report.ratios(found)
    return found


def test_a_line_is_compared_with_its_floor():
    found = {(one["page"], one["kind"]): one.get("of_floor") for one in lines()}
    assert found["catalogue", "not cached"] == 0.8
    assert found["product", "logged in"] == 0.7
    assert found["checkout post", "not cached"] == 0.43
    assert found["home", "cached"] is None


def test_the_table_has_a_row_for_every_line():
    found = lines()
    head, columns, *rows, note = report.table(found).splitlines()
    assert len(rows) == len(found)
    assert note == "Latencies in milliseconds."
    [catalogue] = [row for row in rows if row.startswith("catalogue, not cached")]
    assert catalogue.split() == [
        *("catalogue,", "not", "cached", "400", "1.5", "20.0", "400", "1.5", "20.0"),
        *("0.8", "3", "50000", "6000", "5000", "0"),
    ]
    assert rows[-1].split()[-1] == "2"


@pytest.mark.parametrize(("slowness", "met"), [(1.0, 6), (0.5, 2)])
def test_aims(slowness, met):
    grown = [{"line": "product, not cached", "before": 2.0, "after": 2.5 / slowness}]
    said = report.aims(lines(slowness), grown).splitlines()
    assert len(said) == 6
    assert len([one for one in said if one.startswith("met")]) == met


def test_latencies_of_few_and_many():
    grown = [{"line": "product, not cached", "before": 2.0, "after": 3.0}]
    _head, row = report.growth(grown, 3000, 272_600).splitlines()
    assert row.split() == ["product,", "not", "cached", "2.00", "3.00", "1.50", "times"]


@pytest.mark.django_db
def test_queries_are_told_to_who_asks():
    def view(request: Any) -> Any:
        list(Person.objects.all())
        list(Person.objects.all())
        return {}

    asked = RequestFactory(headers={counting.ASK: "1"}).get("/")
    assert counting.count(view)(asked) == {counting.TOLD: "2"}
    assert counting.count(view)(RequestFactory().get("/")) == {}
