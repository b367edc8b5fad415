"""The table of prices and stock."""

from __future__ import annotations

import pytest

from taawon.catalogue.models import Product


def table(*products, **changes):
    form = {}
    for product in products:
        price = str(product.price_centimes // 100)
        form |= {
            f"price-{product.number}": price,
            f"price-was-{product.number}": price,
            f"stock-{product.number}": str(product.on_hand),
            f"stock-was-{product.number}": str(product.on_hand),
        }
    return {**form, **changes}


def kept(product):
    product.refresh_from_db()
    return product.price_centimes, product.on_hand


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_costs_the_same_for_any_number(shop, count, django_assert_num_queries):
    for _ in range(count):
        shop.product()
    shop.get("products/bulk/")

    with django_assert_num_queries(5):
        page = shop.get("products/bulk/").text

    assert page.count('name="price-was-') == count


def test_many_at_once(shop):
    honey = shop.product(number=1, cover="x")
    oil = shop.product(number=2, cover="x")
    same = shop.product(number=3, cover="x")
    form = table(honey, oil, same, **{"price-1": "85,50", "stock-2": "٢٠"})

    page = shop.client.post("/en/seller/products/bulk/", form, follow=True)

    assert page.redirect_chain == [("/en/seller/products/bulk/", 302)]
    assert "2 products are changed." in page.text
    assert [kept(honey), kept(oil), kept(same)] == [(8550, 10), (12000, 20), (12000, 10)]


def test_each_wrong_row_is_marked_and_nothing_is_changed(shop):
    good, bad, worse = (shop.product(number=n, cover="x") for n in (1, 2, 3))
    form = table(good, bad, worse, **{"price-1": "99", "price-2": "abc", "stock-3": "-1"})

    answer = shop.post("products/bulk/", **form)

    assert answer.status_code == 422
    wrong = {line.row.number: sorted(line.wrong) for line in answer.context["lines"] if line.wrong}
    assert wrong == {2: ["price"], 3: ["stock"]}
    assert 'name="price-2" value="abc"' in answer.text
    assert 'name="price-1" value="99"' in answer.text
    assert [kept(good), kept(bad), kept(worse)] == [(12000, 10)] * 3


def test_less_than_what_is_ordered(shop):
    product = shop.product(number=1, reserved=4, cover="x")

    answer = shop.post("products/bulk/", **table(product, **{"stock-1": "3"}))

    assert answer.status_code == 422
    assert list(answer.context["lines"][0].wrong) == ["stock"]
    assert kept(product) == (12000, 10)


def test_an_untouched_stock_does_not_undo_an_order(shop):
    product = shop.product(number=1, cover="x")
    form = table(product, **{"price-1": "99"})
    Product.objects.filter(pk=product.pk).update(on_hand=7)

    shop.post("products/bulk/", **form)

    assert kept(product) == (9900, 7)


def test_somebody_elses_numbers_change_nothing(shop, other):
    theirs = other.product(number=41, cover="x")

    shop.post("products/bulk/", **table(theirs, **{"price-41": "1"}))

    assert kept(theirs) == (12000, 10)


def test_a_table_of_nonsense(shop):
    shop.product(number=1)

    answer = shop.post("products/bulk/", **{"price-x": "1", "price-99999999999": "1", "x": "y"})

    assert answer.status_code == 302
