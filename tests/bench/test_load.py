"""A tiny market: what is loaded, and that every address that is measured answers."""

from __future__ import annotations

import pytest
from django.test import Client

from taawon.bench import cases, client, load, rows
from taawon.bench.load import NotEmpty
from taawon.bench.rows import Size
from taawon.catalogue.models import Picture, Product
from taawon.catalogue.queries import visible
from taawon.cooperatives.models import Cooperative, Shop
from taawon.journal.models import Entry
from taawon.orders.models import Basket, BasketLine, Order, OrderLine
from taawon.search import follower
from taawon.web import pagecache

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("taawon.bench.urls")]
FEW, TINY = Size(40, 16), Size(40, 20)


@pytest.fixture(autouse=True)
def _market():
    pagecache.forget()
    load.market(FEW)


def test_rows_and_the_keys_that_follow_them():
    load.more_shops(FEW, TINY)
    counts = [model.objects.count() for model in (Cooperative, Shop, Product, Picture)]
    assert counts == [40, 20, 200, 400]
    assert visible().count() == 200
    product = Product.objects.select_related("cooperative").get(pk=173)
    assert (product.cooperative_id, product.number) == (rows.shop_of(173), 3) == (18, 3)
    assert product.slug == rows.product_slug(173)
    assert product.cooperative.slug == rows.cooperative_slug(18)
    assert product.label_codes in (["igp"], ["bio"], [])
    assert Product.objects.filter(on_hand=0).count() == 200 // rows.SOLD_OUT_EVERY
    new = Cooperative.objects.create(
        name_fr="Neuve",
        slug="neuve",
        registration_number="N",
        sector_id=product.cooperative.sector_id,
        region_id=product.cooperative.region_id,
        province_id=product.cooperative.province_id,
    )
    assert new.pk == 41


def test_the_rows_are_the_same_each_time():
    assert list(rows.products(3, 4)) == list(rows.products(3, 4))
    assert rows.lines_of(7, 20) == rows.lines_of(7, 20)


def test_a_database_that_holds_something_is_left_alone():
    with pytest.raises(NotEmpty, match="is left alone"):
        load.insist_on_empty()


def test_every_page_and_its_floor_answer():
    follower.rebuild()
    [session, *_others] = load.persons()
    asked = [
        request
        for group in cases.pages(FEW, [session])
        for case in group
        for request in case.samples({})[:2]
    ]
    asked += [request for [case] in cases.kept_pages(FEW) for request in case.samples({})[:1]]
    assert len(asked) == 6 * 3 * 2 + 6
    for request in asked:
        path, cookie = target(request)
        answer = Client(headers={"cookie": cookie} if cookie else {}).get(path)
        assert answer.status_code == 200, path
        if path.startswith("/floor/"):
            assert answer.text.count("<li>") == 24


def test_a_checkout_in_plain_sql_changes_the_rows_of_a_checkout():
    plain, ours = load.baskets(2, FEW)
    lines = dict(
        BasketLine.objects.filter(basket__token=plain).values_list("product_id", "quantity")
    )
    assert len(lines) == 3
    json_type = "application/json"
    answer = Client().post(f"/floor/checkout/{plain}/", cases.WISH, json_type)
    assert answer.status_code == 201
    first = counted()
    assert first == {"orders": 3, "lines": 3, "entries": 3, "left in baskets": 3}
    taken = dict(Product.objects.filter(pk__in=lines).values_list("pk", "reserved"))
    assert taken == lines
    answer = Client().post(
        f"/api/v1/baskets/{ours}/checkout", cases.WISH, json_type, headers={"idempotency-key": "1"}
    )
    assert answer.status_code == 201
    assert counted() == {"orders": 6, "lines": 6, "entries": 6, "left in baskets": 0}
    totals = [one["total_centimes"] for one in answer.json()["orders"]]
    assert len(totals) == 3
    mine = Order.objects.order_by("pk").values_list("state", "phone", "region_id", "number")
    assert {row[0] for row in mine} == {"placed"}


def test_a_whole_checkout_is_a_conversation():
    done: list[float] = []
    visit = cases.whole_checkout(FEW, 5, done)
    request, guest = next(visit), Client()
    for _ in range(5):
        method, path, body = parsed(request)
        headers = {"idempotency-key": "once"} if path.endswith("/checkout") else {}
        answer = guest.generic(method, path, body, "application/json", headers=headers)
        assert answer.status_code in (200, 201), answer.content
        request = visit.send(client.Answer(answer.status_code, b"", answer.content))
    assert len(done) == 1
    assert OrderLine.objects.count() == 3
    assert parsed(request)[:2] == ("POST", "/api/v1/baskets")


def test_persons_have_baskets_and_can_add_to_them():
    sessions = load.persons()
    load.baskets(0, FEW, for_persons=True)
    assert len(sessions) == rows.PERSONS == Basket.objects.filter(person__isnull=False).count()
    [request, *_more] = cases.adding(FEW, sessions).samples({})
    path, cookie = target(request)
    answer = Client(headers={"cookie": cookie}).post(
        path,
        parsed(request)[2].decode(),
        "application/x-www-form-urlencoded",
        headers={"sec-fetch-site": "same-origin", "accept": "application/json"},
    )
    assert answer.status_code == 200
    assert answer.json()["count"] > 0


def counted() -> dict[str, int]:
    return {
        "orders": Order.objects.count(),
        "lines": OrderLine.objects.count(),
        "entries": Entry.objects.filter(name="order-placed").count(),
        "left in baskets": BasketLine.objects.count(),
    }


def target(request: bytes) -> tuple[str, str]:
    head = request.decode().split("\r\n")
    cookies = [line[8:] for line in head if line.startswith("Cookie: ")]
    return head[0].split()[1], cookies[0] if cookies else ""


def parsed(request: bytes) -> tuple[str, str, bytes]:
    head, _, body = request.partition(b"\r\n\r\n")
    method, path, _version = head.decode().split("\r\n")[0].split()
    return method, path, body
