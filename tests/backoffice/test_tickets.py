"""People who asked to be called back: who sees them, who calls, what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.conversations.models import Ticket
from tests.backoffice.build import SELLER, levels, lines
from tests.factories import PersonFactory

LIST = "/backoffice/tickets/"


@pytest.fixture
def agent(house):
    return house.browser("agent")


def tickets(answer):
    return [row["ticket"] for row in answer.context["rows"]]


def test_who_waits_longest_comes_first(house, agent):
    stranger = Ticket.objects.create(
        phone="+212661234567", opened_at=timezone.now() - timedelta(hours=3)
    )
    closed = Ticket.objects.create(phone="+212661234568", state="closed", outcome="Rappelée")

    answer = agent.get(LIST)

    assert tickets(answer) == [stranger, house.ticket]
    assert answer.context["rows"][0]["waits"].split()[0] == "3"
    assert "Mon colis" in answer.content.decode()
    assert tickets(agent.get(f"{LIST}?state=taken")) == []
    assert tickets(agent.get(f"{LIST}?state=closed")) == [closed]
    assert tickets(house.browser("elsewhere").get(LIST)) == [stranger]
    administrator = house.browser("administrator")
    assert tickets(administrator.get(f"{LIST}?region=MA-09")) == [house.ticket]
    assert len(tickets(administrator.get(LIST))) == 2


def test_the_number_is_for_whoever_calls(house, agent):
    page = f"{LIST}{house.ticket.pk}/"
    assert "55 44 33" not in agent.get(page).content.decode()

    answer = agent.post(f"{page}take/")

    assert (answer["Location"], levels(answer)) == (page, ["success"])
    for address in (page, LIST):
        assert f'href="tel:{SELLER}"' in agent.get(address).content.decode()
        seen = house.browser("administrator").get(address).content.decode()
        assert SELLER not in seen
        assert house.people["agent"].name in seen
    assert lines() == [("ticket-taken", "staff", house.people["agent"].pk)]
    text = agent.get(f"{LIST}?file=csv").getvalue().decode()
    assert "Mon colis" in text
    assert SELLER not in text


def test_a_colleague_was_faster(house, agent):
    page = f"{LIST}{house.ticket.pk}/"
    agent.post(f"{page}take/")
    administrator = house.browser("administrator")

    answer = administrator.post(f"{page}take/")

    assert levels(answer) == ["warning"]
    said = administrator.get(page).content.decode()
    assert house.people["agent"].name in said
    late = administrator.post(f"{page}settle/", {"outcome": "Rappelée"})
    assert late.status_code == 422
    assert 'class="error-summary"' in late.content.decode()
    house.ticket.refresh_from_db()
    assert (house.ticket.state, house.ticket.taken_by) == ("taken", house.people["agent"])
    assert len(lines()) == 1


def test_given_back_and_settled(house, agent):
    page = f"{LIST}{house.ticket.pk}/"
    agent.post(f"{page}take/")
    assert levels(agent.post(f"{page}give-back/")) == ["success"]
    agent.post(f"{page}take/")
    assert agent.post(f"{page}settle/", {"outcome": " "}).status_code == 422

    answer = agent.post(f"{page}settle/", {"outcome": "Le colis est parti"})

    assert (answer["Location"], levels(answer)) == (LIST, ["success"])
    house.ticket.refresh_from_db()
    assert (house.ticket.state, house.ticket.outcome) == ("closed", "Le colis est parti")
    assert [name for name, *_ in lines()] == [
        "ticket-taken",
        "ticket-given-back",
        "ticket-taken",
        "ticket-closed",
    ]
    assert SELLER not in agent.get(page).content.decode()
    trail = agent.get(f"/backoffice/audit/?subject=conversations.ticket:{house.ticket.pk}")
    assert len(trail.context["lines"]) == 4


def test_erased_meanwhile(house, agent):
    Ticket.objects.update(phone="", words="", person=None, cooperative=None)
    Ticket.objects.create(phone="+212661234567", taken_by=PersonFactory(name=""), state="taken")
    answer = agent.get(LIST)
    assert [row["masked"] for row in answer.context["rows"]] == ["—", "…67"]
