"""The first page, whose shop it is, and acting on a cooperative's behalf."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.accounts.models import StaffRole
from taawon.cooperatives.states import Role
from taawon.journal.models import Entry
from taawon.orders.states import State
from tests.factories import (
    MembershipFactory,
    PersonFactory,
    QuestionFactory,
    ShopFactory,
)


def test_what_is_to_be_done_the_most_urgent_first(shop):
    for state in (State.PLACED, State.PLACED, State.ACCEPTED, State.PREPARED, State.SHIPPED):
        shop.order(state=state)
    shop.product(on_hand=3)
    shop.product(state="draft")
    QuestionFactory(product=shop.product())

    todo = shop.speaking("en").get("").context["todo"]

    assert [(item["count"], item["text"], item["calm"]) for item in todo] == [
        (2, "Orders to accept", False),
        (1, "Order to prepare", False),
        (1, "Order ready to hand over", False),
        (1, "Question to answer", False),
        (1, "Product nearly sold out", False),
        (1, "Draft to finish", True),
        (1, "Order on its way", True),
    ]


def test_sales_leave_out_what_was_undone(shop):
    now = timezone.now()
    shop.order(items_centimes=10000, total_centimes=13500)
    shop.order(placed_at=now - timedelta(days=3), items_centimes=5000, total_centimes=8500)
    shop.order(placed_at=now - timedelta(days=8))
    shop.order(state=State.REFUSED)

    page = shop.get("")

    assert page.context["today"] == {"orders": 1, "centimes": 10000}
    assert page.context["week"] == {"orders": 2, "centimes": 15000}


def test_somebody_without_a_shop_is_shown_the_way_to_one(client, db):
    client.force_login(PersonFactory())

    for page in ("", "orders/", "products/", "shop/", "members/"):
        assert client.get(f"/fr/seller/{page}").url == "/fr/seller/open/"


def test_a_membership_that_ended_opens_nothing(shop):
    shop.person.memberships.update(ended_at=timezone.now())

    assert shop.get("orders/").url == "/fr/seller/open/"


def test_one_person_two_shops(shop):
    second = ShopFactory().cooperative
    MembershipFactory(cooperative=second, person=shop.person, role=Role.SELLER)
    assert shop.get("").context["desk"].id == shop.coop.pk

    answer = shop.post("switch/", shop=second.pk)

    assert answer.url == "/fr/seller/"
    assert shop.get("").context["desk"].id == second.pk


@pytest.mark.parametrize("wanted", ["", "x", "0", "-1", "9" * 30])
def test_a_shop_that_is_not_ones_own_cannot_be_chosen(shop, other, wanted):
    assert shop.post("switch/", shop=wanted).status_code == 404
    assert shop.post("switch/", shop=other.coop.pk).status_code == 404
    assert shop.get("").context["desk"].id == shop.coop.pk


@pytest.fixture
def agent(client, shop):
    person = PersonFactory(staff_role=StaffRole.AGENT)
    client.force_login(person)
    session = client.session
    session["for_cooperative"] = shop.coop.pk
    session.save()
    return client


def test_the_team_acts_in_the_shops_name(shop, agent):
    order = shop.order(number=7)
    assert "behalf" in agent.get("/fr/seller/").text

    agent.post("/fr/seller/orders/7/accept/")

    order.refresh_from_db()
    assert order.state == State.ACCEPTED
    entry = Entry.objects.get(name="order-accepted")
    assert entry.for_cooperative == shop.coop.pk
    [told] = shop.speaking("en").get("activity/").context["rows"]
    assert (str(told["said"]), told["order"]) == ("Order accepted", 7)


def test_the_team_stops(shop, agent):
    answer = agent.post("/fr/seller/stop/")

    assert answer.url == "/backoffice/"
    assert agent.get("/fr/seller/").url == "/fr/seller/open/"


def test_a_right_that_was_withdrawn(shop, agent):
    shop.coop.region_id = "MA-09"
    agent_person = PersonFactory._meta.model.objects.get(staff_role=StaffRole.AGENT)
    agent_person.staff_role = StaffRole.EDITOR
    agent_person.save()
    shop.order(number=7)

    assert agent.get("/fr/seller/orders/7/").url == "/fr/seller/open/"


def test_nobody_acts_without_being_of_the_team(shop, other):
    session = other.client.session
    session["for_cooperative"] = shop.coop.pk
    session.save()

    assert other.get("").context["desk"].id == other.coop.pk


@pytest.mark.parametrize("count", [1, 3])
def test_activity_costs_the_same_for_any_number(shop, agent, count, django_assert_num_queries):
    for number in range(1, count + 1):
        shop.order(number=number)
        agent.post(f"/fr/seller/orders/{number}/accept/")
    shop.get("activity/")

    with django_assert_num_queries(5):
        page = shop.get("activity/")

    assert len(page.context["rows"]) == count
