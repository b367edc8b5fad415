"""From the product's page to the orders, by plain forms."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from taawon.catalogue.models import Product
from taawon.journal.models import Entry
from taawon.orders.models import Basket, Checkout, Order
from tests.factories import PersonFactory, ProductFactory
from tests.orders.build import zones

pytestmark = pytest.mark.django_db
SAME = {"Sec-Fetch-Site": "same-origin"}
TYPED = {
    "name": "Amina",
    "phone": "06 61 23 45 67",
    "region": "MA-09",
    "town": "Agadir",
    "address": "Près de la poste",
    "payment": "cod",
}


def add(client: Client, product: Product, quantity: object = 1):
    form = {"product": product.pk, "quantity": quantity}
    return client.post("/fr/basket/add/", form, headers=SAME)


def check(client: Client, **changes: object):
    return client.post("/fr/checkout/", {**TYPED, "step": "check", **changes})


def hidden(page: str) -> dict[str, str]:
    """What the page "check your order" would send."""
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_guest_buys_from_three_cooperatives_with_a_phone_only(client):
    zones()
    products = [ProductFactory(price_centimes=price) for price in (12000, 9000, 5000)]
    for product in products:
        assert add(client, product).status_code == 302

    page = client.get("/fr/basket/").text
    assert page.count('class="parcel"') == 3

    assert client.get("/fr/checkout/").status_code == 200
    checked = check(client)
    assert checked.status_code == 200
    form = hidden(checked.text)
    assert form["total"] == "32000"  # 260 DH, and three parcels within the region.

    done = client.post("/fr/checkout/", {**form, "step": "place"})
    assert done.status_code == 302
    assert Order.objects.count() == 3
    thanks = client.get(done.url).text
    for order in Order.objects.all():
        assert order.code in thanks
        opened = client.get(f"/fr/orders/{order.code}/?key={order.secret}")
        assert opened.status_code == 200
    assert Basket.objects.get().lines.count() == 0


def test_the_same_form_fifty_times_is_one_order(client):
    product = ProductFactory(on_hand=100)
    add(client, product)
    form = {**hidden(check(client).text), "step": "place"}

    answers = {client.post("/fr/checkout/", form).url for _ in range(50)}

    assert answers == {f"/fr/checkout/done/{Checkout.objects.get().secret}/"}
    assert Order.objects.count() == 1
    product.refresh_from_db()
    assert product.reserved == 1


def test_sold_out_between_basket_and_order_says_which_and_offers_what_is_left(client):
    product = ProductFactory(name_fr="Miel de thym", on_hand=5)
    add(client, product, 4)
    form = {**hidden(check(client).text), "step": "place"}
    Product.objects.filter(pk=product.pk).update(on_hand=2)

    answer = client.post("/fr/checkout/", form, follow=True)

    assert answer.redirect_chain == [("/fr/basket/", 302)]
    assert "Miel de thym" in answer.text
    assert 'name="quantity" value="2"' in answer.text
    assert Order.objects.count() == 0
    product.refresh_from_db()
    assert product.reserved == 0
    # What was typed is still there.
    client.post("/fr/basket/set/", {"product": product.pk, "quantity": 2})
    assert 'value="Près de la poste"' in client.get("/fr/checkout/").text


def test_a_price_that_changed_is_shown_beside_the_old_one_and_asked_about(client):
    zones()
    product = ProductFactory(price_centimes=12000)
    add(client, product)
    form = {**hidden(check(client).text), "step": "place"}
    Product.objects.filter(pk=product.pk).update(price_centimes=15000)

    answer = client.post("/fr/checkout/", form)

    assert answer.status_code == 409
    assert Order.objects.count() == 0
    shown = answer.text.replace("\u202f", "").replace("\xa0", " ")
    assert "140 DH" in shown
    assert "170 DH" in shown
    again = client.post("/fr/checkout/", {**hidden(answer.text), "step": "place"})
    assert again.status_code == 302
    assert Order.objects.get().items_centimes == 15000


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "1.5", "abc", "", "١", "1e3"])
def test_a_quantity_that_is_none_changes_nothing(client, quantity):
    product = ProductFactory()
    answer = add(client, product, quantity)
    assert answer.status_code == 422
    assert not Basket.objects.filter(lines__isnull=False).exists()


@pytest.mark.parametrize("quantity", ["-1", "1000000000", "1.5", "abc", "1000"])
def test_a_wrong_quantity_in_the_basket_leaves_it_as_it_was(client, quantity):
    product = ProductFactory()
    add(client, product, 2)
    client.post("/fr/basket/set/", {"product": product.pk, "quantity": quantity})
    assert list(Basket.objects.get().lines.values_list("quantity", flat=True)) == [2]


def test_another_site_cannot_fill_the_basket(client):
    product = ProductFactory()
    form = {"product": product.pk, "quantity": 1}
    refused = [
        client.post("/fr/basket/add/", form),
        client.post("/fr/basket/add/", form, headers={"Sec-Fetch-Site": "cross-site"}),
        client.post("/fr/basket/add/", form, headers={"Origin": "https://evil.example"}),
    ]
    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert not Basket.objects.exists()
    allowed = client.post("/fr/basket/add/", form, headers={"Origin": "http://testserver"})
    assert allowed.status_code == 302


def test_every_other_form_needs_its_token():
    strict = Client(enforce_csrf_checks=True)
    product = ProductFactory()
    strict.post("/fr/basket/add/", {"product": product.pk, "quantity": 1}, headers=SAME)
    for path in ("/fr/basket/set/", "/fr/checkout/", "/fr/login/"):
        assert strict.post(path, {"product": product.pk, "quantity": 0}).status_code == 403
    assert Basket.objects.get().lines.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"phone": "06"}, "id_phone"),
        ({"phone": "0612345678x"}, "id_phone"),
        ({"name": "\u202e\u200f"}, "id_name"),
        ({"town": " "}, "id_town"),
        ({"region": "MA-99"}, "id_region"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, change, words):
    add(client, ProductFactory())
    answer = check(client, **change)
    assert answer.status_code == 422
    assert f'href="#{words}' in answer.text
    if "address" not in change:
        assert "Près de la poste" in answer.text
    assert Order.objects.count() == 0


def test_markup_in_a_name_is_only_words(client):
    add(client, ProductFactory())
    page = check(client, name="<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_expired_login_half_way_keeps_basket_and_words(client):
    person = PersonFactory()
    client.force_login(person, backend="taawon.accounts.backend.PhoneCodeBackend")
    add(client, ProductFactory())
    client.logout()

    answer = client.post("/fr/checkout/", {**TYPED, "step": "check", "member": "1"})

    assert answer.status_code == 302
    assert answer.url == "/fr/login/?next=%2Ffr%2Fcheckout%2F"
    assert person.basket.lines.count() == 1
    client.force_login(person, backend="taawon.accounts.backend.PhoneCodeBackend")
    assert "Près de la poste" in client.get("/fr/checkout/").text


def test_somebody_elses_order_is_not_there(client):
    add(client, ProductFactory())
    client.post("/fr/checkout/", {**hidden(check(client).text), "step": "place"})
    order = Order.objects.get()
    entries = Entry.objects.count()

    for answer in (
        client.get(f"/fr/orders/{order.code}/"),
        client.get(f"/fr/orders/{order.code}/?key=guess"),
        client.post(f"/fr/orders/{order.code}/cancel/", {"key": "guess"}),
        client.post(f"/fr/orders/{order.code}/reorder/", {"key": ""}),
        client.get("/fr/orders/ZZZZZZZZ/?key=x"),
        client.get("/fr/checkout/done/guess/"),
    ):
        assert answer.status_code == 404
    order.refresh_from_db()
    assert order.state == "placed"
    assert Entry.objects.count() == entries


def test_code_and_phone_open_the_order(client):
    add(client, ProductFactory())
    client.post("/fr/checkout/", {**hidden(check(client).text), "step": "place"})
    order = Order.objects.get()

    found = client.post("/fr/orders/find/", {"code": order.code.lower(), "phone": "0661234567"})
    assert found.url == f"/fr/orders/{order.code}/?key={order.secret}"
    wrong = client.post("/fr/orders/find/", {"code": order.code, "phone": "0661234568"})
    assert wrong.status_code == 422


def test_a_guest_cancels_by_the_link(client):
    product = ProductFactory()
    add(client, product)
    client.post("/fr/checkout/", {**hidden(check(client).text), "step": "place"})
    order = Order.objects.get()

    client.post(f"/fr/orders/{order.code}/cancel/", {"key": order.secret})

    order.refresh_from_db()
    product.refresh_from_db()
    assert (order.state, product.reserved) == ("cancelled", 0)
