"""Orders that need attention; the customer's data is shown on record alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.backoffice.build import levels, lines
from tests.factories import OrderFactory


@pytest.fixture
def agent(house):
    return house.browser("agent")


def late(house, state, **age):
    return OrderFactory(
        cooperative=house.coop, state=state, changed_at=timezone.now() - timedelta(**age)
    )


def test_what_needs_attention_and_why(house, agent):
    unsent = late(house, "accepted", days=5)
    unanswered = late(house, "placed", hours=25)
    late(house, "placed", hours=23)
    back = late(house, "not_collected", hours=1)

    rows = agent.get("/backoffice/orders/").context["rows"]

    assert [(row["order"], row["age"].split()[0], row["phone"]) for row in rows] == [
        (unsent, "5", "+212528123456"),
        (unanswered, "25", "+212528123456"),
        (back, "1", "+212528123456"),
    ]
    assert len({str(row["reason"]) for row in rows}) == 3
    assert house.browser("elsewhere").get("/backoffice/orders/").context["rows"] == []


def test_the_spreadsheet_names_no_customer(house, agent):
    order = late(house, "placed", hours=25)

    text = agent.get("/backoffice/orders/?file=csv").getvalue().decode()

    assert order.code in text
    assert "05 28 12 34 56" in text
    assert order.name not in text
    assert "61 23 45 67" not in text


def test_by_code(house, agent):
    path = "/backoffice/orders/find/"

    assert agent.get(path, {"code": f" {house.order.code.lower()} "})["Location"] == (
        f"/backoffice/orders/{house.order.pk}/"
    )
    for browser, code in ((agent, "NOTHERE2"), (house.browser("elsewhere"), house.order.code)):
        answer = browser.get(path, {"code": code})
        assert (answer["Location"], levels(answer)) == ("/backoffice/orders/", ["warning"])


def test_the_customers_data_is_shown_on_record(house, agent):
    page = f"/backoffice/orders/{house.order.pk}/"
    hidden = agent.get(page).content.decode()
    assert lines() == []

    shown = agent.post(f"{page}look/").content.decode()

    for words in (house.order.name, "tel:+212661234567", house.order.address):
        assert words not in hidden
        assert words in shown
    assert lines() == [("order-looked-at", "staff", house.people["agent"].pk)]
    assert house.browser("elsewhere").post(f"{page}look/").status_code == 404
    assert len(lines()) == 1
    journal = agent.get(f"{page}?show=journal")
    assert [line.who for line in journal.context["lines"]] == [house.people["agent"].name]
