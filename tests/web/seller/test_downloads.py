"""Orders and products as tables."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest


def lines(answer):
    return b"".join(answer.streaming_content).decode().split("\r\n")


def test_the_orders_as_a_table(shop):
    order = shop.order(
        number=7,
        code="K7QRTM42",
        name="=cmd|' /C calc'!A0",
        address="Près de la poste; au fond",
        placed_at=datetime(2026, 8, 31, 23, 30, tzinfo=UTC),
    )
    line = order.lines.get()

    answer = shop.speaking("en").get("downloads/orders.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    head, first, end = lines(answer)
    assert head == (
        "\ufeffNumber;Code;Day;State;Customer;Phone;Region;Town;Address;Products;"
        "Amount of products (DH);Delivery (DH);Total (DH);Carrier;Tracking number"
    )
    assert first == (
        "7;K7QRTM42;2026-09-01;placed;'=cmd|' /C calc'!A0;"
        '06 61 23 45 67;Souss-Massa;Rabat;"Près de la poste; au fond";'
        f"1 × {line.name};120,00;35,00;155,00;;"
    )
    assert end == ""


def test_a_period_and_a_state(shop):
    for number, day in ((1, 1), (2, 2), (3, 3)):
        shop.order(number=number, placed_at=datetime(2026, 8, day, 12, tzinfo=UTC))
    shop.order(number=4, state="refused", placed_at=datetime(2026, 8, 2, 12, tzinfo=UTC))

    def numbers(**query):
        return [row.split(";")[0] for row in lines(shop.get("downloads/orders.csv", **query))[1:-1]]

    assert numbers() == ["4", "3", "2", "1"]
    assert numbers(since="2026-08-02", until="2026-08-02") == ["4", "2"]
    assert numbers(since="2026-08-02", until="2026-08-02", state="placed") == ["2"]
    assert numbers(state="nonsense") == ["4", "3", "2", "1"]


@pytest.mark.parametrize("query", [{"since": "soon"}, {"until": "\x00"}, {"since": "2026-13-40"}])
def test_a_day_that_is_none(shop, query):
    assert shop.get("downloads/orders.csv", **query).status_code == 422


def test_the_last_day_there_is(shop):
    assert shop.get("downloads/orders.csv", until="9999-12-31").status_code in (200, 422)


def test_the_products_as_a_table(shop):
    shop.product(number=3, name_fr="@Miel", name_ar="عسل", reserved=2)

    head, first, _ = lines(shop.speaking("en").get("downloads/products.csv"))

    assert head == (
        "\ufeffNumber;Name (French);Name (Arabic);Category;State;Price (DH);"
        "Packs in stock;Packs ordered;Held"
    )
    assert first == "3;'@Miel;عسل;Huile d’argan;published;120,00;10;2;"


@pytest.mark.parametrize("what", ["orders", "products"])
def test_workbooks(shop, what):
    shop.order(number=7, code="K7QRTM42")

    answer = shop.get(f"downloads/{what}.xlsx")
    content = b"".join(answer.streaming_content)

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()


def test_nobody_elses_rows(shop, other):
    other.order()

    assert len(lines(shop.get("downloads/orders.csv"))) == 2
    assert len(lines(shop.get("downloads/products.csv"))) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_costs_the_same_for_any_number(shop, count, django_assert_num_queries):
    for _ in range(count):
        shop.order()
    lines(shop.get("downloads/orders.csv"))

    with django_assert_num_queries(5):
        assert len(lines(shop.get("downloads/orders.csv"))) == count + 2
