"""Cooperatives: found, suspended, reinstated, run on their behalf."""

from __future__ import annotations

import pytest

from taawon.cooperatives.models import Cooperative, Shop
from taawon.journal.models import Entry
from taawon.web.edge import ON_BEHALF
from tests.backoffice.build import levels, lines
from tests.factories import CooperativeFactory, RegionFactory, ShopFactory


@pytest.fixture
def agent(house):
    return house.browser("agent")


def names(answer):
    return [row["coop"].name for row in answer.context["rows"]]


def test_found_by_words_and_held_to_the_region(house, agent):
    CooperativeFactory(name_fr="Tighanimine", region=house.coop.region)
    CooperativeFactory(name_fr="Tighanimine du Nord", region=RegionFactory(code="MA-01"))

    assert names(agent.get("/backoffice/cooperatives/?words=tighanimine")) == ["Tighanimine"]
    everywhere = house.browser("administrator").get("/backoffice/cooperatives/?words=tighanimine")
    assert names(everywhere) == ["Tighanimine", "Tighanimine du Nord"]
    assert everywhere.context["complete"] is False
    asked = agent.get("/backoffice/cooperatives/?words=tighanimine&region=MA-01")
    assert names(asked) == ["Tighanimine"]


def test_suspended_and_no_longer_active_ones(house, agent):
    closed = ShopFactory(state="suspended").cooperative
    gone = CooperativeFactory(status="dissolved")

    assert names(agent.get("/backoffice/cooperatives/?kind=suspended")) == [closed.name_fr]
    assert names(agent.get("/backoffice/cooperatives/?kind=not_active")) == [gone.name_fr]
    text = agent.get("/backoffice/cooperatives/?kind=suspended&file=csv").getvalue().decode()
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == [str(closed.pk)]


@pytest.mark.parametrize("tab", ["", "products", "orders", "journal", "behalf", "nonsense"])
def test_every_side_of_it(house, agent, tab):
    answer = agent.get(f"/backoffice/cooperatives/{house.coop.pk}/?show={tab}")

    assert answer.status_code == 200
    assert house.coop.name_fr in answer.content.decode()


def test_suspending_and_reinstating(house, agent):
    base, who = f"/backoffice/cooperatives/{house.coop.pk}/", house.people["agent"].pk

    agent.post(f"{base}suspend/", {"reason": "Plaintes répétées"})
    shop = Shop.objects.get(pk=house.coop.pk)
    assert (shop.state, shop.suspended_because) == ("suspended", "Plaintes répétées")
    assert agent.post(f"{base}suspend/", {"reason": "Encore"}).status_code == 422
    agent.post(f"{base}reinstate/")
    again = agent.post(f"{base}reinstate/")

    shop.refresh_from_db()
    assert (shop.state, shop.suspended_because) == ("open", "")
    assert levels(again) == ["warning"]
    assert lines() == [("shop-suspended", "staff", who), ("shop-reinstated", "staff", who)]


def test_a_suspension_needs_its_reason(house, agent):
    answer = agent.post(f"/backoffice/cooperatives/{house.coop.pk}/suspend/", {"reason": " "})

    assert answer.status_code == 422
    assert Shop.objects.get(pk=house.coop.pk).state == "open"
    assert lines() == []


def test_an_exemption(house, agent):
    path = f"/backoffice/cooperatives/{house.coop.pk}/exempt/"
    agent.post(path, {"why": "Vente directe de miel brut"})

    assert Cooperative.objects.get(pk=house.coop.pk).food_exemption == "Vente directe de miel brut"
    assert lines() == [("food-authorisation-changed", "staff", house.people["agent"].pk)]
    assert agent.post(path, {"why": "x" * 201}).status_code == 422


def test_running_the_shop_on_its_behalf(house, agent):
    answer = agent.post(f"/backoffice/cooperatives/{house.coop.pk}/behalf/")

    assert answer["Location"] == "/fr/seller/"
    assert agent.session[ON_BEHALF] == house.coop.pk
    assert agent.get("/fr/seller/").context["desk"].on_behalf is True
    assert house.coop.name_fr in agent.get("/backoffice/").content.decode()

    stopped = agent.post("/backoffice/behalf/stop/")

    assert stopped["Location"] == f"/backoffice/cooperatives/{house.coop.pk}/"
    assert ON_BEHALF not in agent.session
    rows = Entry.objects.order_by("pk").values_list("name", "channel", "for_cooperative")
    assert list(rows) == [
        ("acting-begun", "staff", house.coop.pk),
        ("acting-ended", "staff", house.coop.pk),
    ]


def test_one_shop_at_a_time(house, agent):
    other = ShopFactory().cooperative
    agent.post(f"/backoffice/cooperatives/{house.coop.pk}/behalf/")
    agent.post(f"/backoffice/cooperatives/{other.pk}/behalf/")

    assert agent.session[ON_BEHALF] == other.pk
    rows = Entry.objects.order_by("pk").values_list("name", "for_cooperative")
    assert list(rows) == [
        ("acting-begun", house.coop.pk),
        ("acting-begun", other.pk),
        ("acting-ended", house.coop.pk),
    ]


def test_refusals_leave_the_session_alone(house, agent):
    without = agent.post(f"/backoffice/cooperatives/{CooperativeFactory().pk}/behalf/")
    elsewhere = house.browser("elsewhere")
    refused = elsewhere.post(f"/backoffice/cooperatives/{house.coop.pk}/behalf/")

    assert (levels(without), refused.status_code) == (["warning"], 403)
    assert ON_BEHALF not in agent.session
    assert ON_BEHALF not in elsewhere.session
    assert lines() == []
