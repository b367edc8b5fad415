"""Orders: the list, the page, and every step that a shop takes."""

from __future__ import annotations

import pytest

from taawon.orders.models import Step
from taawon.orders.states import State
from tests.factories import OrderFactory, OrderLineFactory


def stock(order):
    product = order.lines.get().product
    product.refresh_from_db()
    return product.on_hand, product.reserved


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(shop, count, django_assert_num_queries):
    for _ in range(count):
        shop.order()
    shop.get("orders/")

    with django_assert_num_queries(6):
        page = shop.get("orders/").text

    assert page.count('class="order-row"') == count


def test_tabs_say_how_many(shop):
    for state in (State.PLACED, State.PLACED, State.REFUSED):
        shop.order(state=state)

    tabs = shop.get("orders/").context["tabs"]

    assert [(tab["url"].rpartition("=")[2], tab["count"]) for tab in tabs[1:]] == [
        ("placed", 2),
        ("accepted", 0),
        ("prepared", 0),
        ("shipped", 0),
        ("delivered", 0),
        ("refused", 1),
    ]


def test_a_tab_shows_its_state_alone(shop):
    shop.order(state=State.PLACED, number=1)
    shop.order(state=State.REFUSED, number=2)

    shown = shop.get("orders/", state="refused").context["rows"]

    assert [row["order"].number for row in shown] == [2]


@pytest.mark.parametrize("state", ["nonsense", "'; drop table", "\x00"])
def test_a_state_that_is_none(shop, state):
    shop.order()

    assert len(shop.get("orders/", state=state).context["rows"]) == 1


def test_twenty_a_page(shop):
    for number in range(1, 23):
        OrderFactory(cooperative=shop.coop, number=number)

    first, second = shop.get("orders/"), shop.get("orders/", page=2)

    assert [row["order"].number for row in first.context["rows"]] == list(range(22, 2, -1))
    assert [row["order"].number for row in second.context["rows"]] == [2, 1]
    assert shop.get("orders/", page="x").status_code == 200


def test_from_placed_to_delivered(shop):
    order = shop.order(number=7)
    path = "orders/7"
    assert stock(order) == (10, 1)

    for verb, form, state in (
        ("accept", {}, State.ACCEPTED),
        ("prepare", {}, State.PREPARED),
        ("ship", {"carrier": "Amana", "tracking": "EE12MA"}, State.SHIPPED),
        ("deliver", {}, State.DELIVERED),
    ):
        answer = shop.post(f"{path}/{verb}/", **form)
        assert (answer.status_code, answer.url) == (302, "/fr/seller/orders/7/")
        order.refresh_from_db()
        assert order.state == state

    assert stock(order) == (9, 0)
    assert (order.carrier, order.tracking) == ("Amana", "EE12MA")
    steps = Step.objects.filter(order=order).values_list("state", "by")
    assert list(steps) == [
        ("accepted", "cooperative"),
        ("prepared", "cooperative"),
        ("shipped", "cooperative"),
        ("delivered", "cooperative"),
    ]


def test_picked_up(shop):
    order = shop.order(number=7, state=State.PREPARED, delivery="pickup")
    assert 'orders/7/ship/"' not in shop.get("orders/7/").text

    shop.post("orders/7/deliver/")

    order.refresh_from_db()
    assert order.state == State.DELIVERED


def test_a_parcel_is_not_delivered_before_it_is_shipped(shop):
    order = shop.order(number=7, state=State.PREPARED)
    page = shop.get("orders/7/").text
    assert 'orders/7/deliver/"' not in page
    assert 'orders/7/ship/"' in page

    answer = shop.post("orders/7/deliver/")

    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.state == State.PREPARED


def test_a_ready_reason_is_told_in_the_customers_language(shop):
    order = shop.order(number=7, language="en")

    shop.post("orders/7/refuse/", reason="too-far", words="")

    step = Step.objects.get(order=order)
    assert (step.state, step.note) == ("refused", "We cannot deliver to this place.")
    assert stock(order) == (10, 0)


def test_ones_own_words(shop):
    order = shop.order(number=7)

    shop.post("orders/7/refuse/", reason="other", words=" La récolte\u202e est finie. ")

    assert Step.objects.get(order=order).note == "La récolte est finie."


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"reason": "other", "words": " "},
        {"reason": "nonsense"},
        {"reason": "other", "words": "x" * 301},
        {"reason": "other", "words": "a\x00b"},
    ],
)
def test_without_a_reason_nothing_is_refused(shop, form):
    order = shop.order(number=7)

    answer = shop.post("orders/7/refuse/", **form)

    assert answer.status_code == 422
    assert "error-summary" in answer.text
    order.refresh_from_db()
    assert order.state == State.PLACED
    assert stock(order) == (10, 1)


def test_what_was_typed_is_kept(shop):
    shop.order(number=7)

    page = shop.post("orders/7/refuse/", words="Trop <b>loin</b>").text

    assert "Trop &lt;b&gt;loin&lt;/b&gt;</textarea>" in page


def test_cancelled_with_a_reason_the_stock_is_back(shop):
    order = shop.order(number=7)
    shop.post("orders/7/accept/")
    assert stock(order) == (9, 0)

    shop.post("orders/7/cancel/", reason="other", words="Une erreur de prix.")

    order.refresh_from_db()
    assert order.state == State.CANCELLED
    assert stock(order) == (10, 0)


def test_not_collected(shop):
    order = shop.order(number=7, state=State.SHIPPED)

    shop.post("orders/7/not-collected/", note="Absent trois fois")

    order.refresh_from_db()
    assert order.state == State.NOT_COLLECTED
    assert Step.objects.get(order=order).note == "Absent trois fois"


def test_pressed_twice_it_is_done_once(shop):
    order = shop.order(number=7)

    first, second = shop.post("orders/7/accept/"), shop.post("orders/7/accept/")

    assert (first.status_code, second.status_code) == (302, 302)
    assert Step.objects.filter(order=order).count() == 1
    assert stock(order) == (9, 0)


def test_too_late(shop):
    order = shop.order(number=7, state=State.DELIVERED)

    answer = shop.post("orders/7/refuse/", reason="too-far", words="")

    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.state == State.DELIVERED


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("accept", "placed"),
        ("refuse", "placed"),
        ("prepare", "accepted"),
        ("ship", "prepared"),
        ("deliver", "shipped"),
        ("not-collected", "shipped"),
        ("cancel", "accepted"),
    ],
)
def test_somebody_elses_order_is_not_there(shop, other, verb, state):
    theirs = other.order(number=901, state=state)
    form = {"reason": "too-far", "words": ""}

    assert shop.post(f"orders/901/{verb}/", **form).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == state


@pytest.mark.parametrize("page", ["", "slip/", "label/"])
def test_somebody_elses_papers_are_not_there(shop, other, page):
    other.order(number=901)

    assert shop.get(f"orders/901/{page}").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999999", "99999999999999999999"])
def test_a_number_that_is_none(shop, number):
    assert shop.get(f"orders/{number}/").status_code == 404


def test_nobody_is_sent_to_log_in(client, shop):
    order = shop.order(number=7)

    assert (
        client.get("/fr/seller/orders/7/").url == "/fr/login/?next=%2Ffr%2Fseller%2Forders%2F7%2F"
    )
    assert client.post("/fr/seller/orders/7/accept/").status_code == 302
    order.refresh_from_db()
    assert order.state == State.PLACED


def test_the_papers_say_what_is_sent_where(shop):
    order = shop.order(number=7, code="K7QRTM42", name="Amina <Alaoui>", address="Près de la poste")
    OrderLineFactory(order=order, product=shop.product(), quantity=3)

    slip, label = shop.get("orders/7/slip/"), shop.get("orders/7/label/")

    assert slip.context["packs"] == 4
    assert slip.context["grams"] == 1200
    for page in (slip.text, label.text):
        assert "K7QRTM42" in page
        assert "Amina &lt;Alaoui&gt;" in page
        assert "Près de la poste" in page
        assert 'src="data:image/svg+xml' in page


def test_the_wrong_button_is_taken_back(shop):
    order = shop.order(number=7)
    shop.post("orders/7/accept/")
    accepted = stock(order)
    assert "orders/7/undo/" in shop.get("orders/7/").text

    shop.post("orders/7/undo/")

    order.refresh_from_db()
    assert order.state == State.PLACED
    assert stock(order) == (accepted[0] + 1, accepted[1] + 1)
    assert "orders/7/undo/" not in shop.get("orders/7/").text


def test_after_ten_minutes_there_is_nothing_to_take_back(shop, clock):
    order = shop.order(number=7)
    shop.post("orders/7/accept/")
    clock.forward(minutes=11)

    assert "orders/7/undo/" not in shop.get("orders/7/").text
    shop.post("orders/7/undo/")

    order.refresh_from_db()
    assert order.state == State.ACCEPTED
