from __future__ import annotations

import re

import pytest

from taawon.accounts.models import Person
from taawon.messaging import sending
from tests.factories import OrderFactory, ProductFactory
from tests.orders.build import basket

pytestmark = pytest.mark.django_db
PHONE = "+212661234567"


def code_in(post_box) -> str:
    sending.send_pending()
    return re.search(r"\d{6}", post_box[-1].text)[0]


def log_in(client, post_box, onwards: str = ""):
    client.post("/fr/login/", {"phone": "0661234567", "next": onwards})
    return client.post("/fr/login/code/", {"code": code_in(post_box)})


def test_a_phone_and_its_code(client, post_box):
    answer = log_in(client, post_box)

    assert answer.url == "/fr/account/"
    assert Person.objects.get().phone == PHONE
    assert client.get("/fr/account/").status_code == 200
    client.post("/fr/logout/")
    assert client.get("/fr/account/").url == "/fr/login/?next=%2Ffr%2Faccount%2F"


def test_login_brings_basket_and_past_orders_along(client, post_box):
    order = OrderFactory(phone=PHONE)
    product = ProductFactory()
    guests = basket((product, 2))
    client.cookies["basket"] = guests.token

    answer = log_in(client, post_box, "/fr/checkout/")

    assert answer.url == "/fr/checkout/"
    assert answer.cookies["basket"].value == ""
    person = Person.objects.get()
    order.refresh_from_db()
    assert order.buyer_id == person.pk
    assert list(person.basket.lines.values_list("product_id", "quantity")) == [(product.pk, 2)]


def test_a_wrong_code_is_refused_and_counted(client, post_box):
    client.post("/fr/login/", {"phone": PHONE})
    right = code_in(post_box)
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(5):
        assert client.post("/fr/login/code/", {"code": wrong}).status_code == 422
    assert client.post("/fr/login/code/", {"code": right}).status_code == 422
    assert not Person.objects.exists()


@pytest.mark.parametrize("onwards", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_elsewhere(client, post_box, onwards):
    assert log_in(client, post_box, onwards).url == "/fr/account/"


@pytest.mark.parametrize("phone", ["", "06", "abc", "0522123456"])
def test_a_number_that_takes_no_code(client, phone):
    answer = client.post("/fr/login/", {"phone": phone})
    assert answer.status_code == 422
    assert "field__error" in answer.text


def test_the_code_page_without_a_phone_leads_back(client):
    assert client.get("/fr/login/code/").url == "/fr/login/"


@pytest.mark.parametrize(
    "page", ["account/", "account/profile/", "account/data/", "orders/", "favourites/"]
)
def test_pages_of_a_person_ask_for_login(client, page):
    assert client.get(f"/fr/{page}").url == f"/fr/login/?next=%2Ffr%2F{page.replace('/', '%2F')}"


def test_a_person_takes_the_data_along_and_erases_it(client, post_box):
    log_in(client, post_box)
    basket_of = Person.objects.get()
    order = OrderFactory(phone=PHONE, buyer=basket_of, state="delivered")
    data = client.get("/fr/account/data/download/").json()
    assert data["person"]["phone"] == PHONE
    assert [one["code"] for one in data["orders"]] == [order.code]

    client.post("/fr/account/data/erase/")
    assert client.post("/fr/account/data/erase/", {"code": "000"}).status_code == 422
    answer = client.post("/fr/account/data/erase/", {"code": code_in(post_box)})

    assert answer.url == "/fr/"
    person = Person.objects.get()
    order.refresh_from_db()
    assert (person.phone, person.is_active, order.name, order.phone) == (None, False, "—", "")
