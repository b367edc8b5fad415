from __future__ import annotations

import pytest

from taawon.conversations import queries
from taawon.conversations.errors import TakenByColleague, WrongTicketState
from taawon.conversations.services import tickets
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Missing, NotFound
from tests import trail
from tests.factories import CooperativeFactory, RegionFactory, member, staff

PHONE = "+212612345678"
NOBODY = Actor(person_id=None, channel=Channel.SMS)
pytestmark = pytest.mark.django_db


def opened(words: str = "Mon colis", cooperative_id: int | None = None):
    return tickets.open_ticket(PHONE, words, cooperative_id=cooperative_id, by=NOBODY)


def test_asking_twice_is_one_call():
    first, new = opened()
    again, new_again = opened("encore moi")
    assert (first.pk, new, new_again) == (again.pk, True, False)
    again.refresh_from_db()
    assert again.words == "Mon colis · encore moi"
    assert trail.names() == ["ticket-opened"]


def test_taken_given_back_and_closed():
    ticket, _ = opened()
    agent = staff("agent")
    tickets.take(ticket.pk, by=agent)
    tickets.give_back(ticket.pk, by=agent)
    with pytest.raises(Missing):
        tickets.close(ticket.pk, " ", by=agent)
    tickets.close(ticket.pk, "Rappelée, tout va bien", by=agent)
    with pytest.raises(WrongTicketState):
        tickets.take(ticket.pk, by=agent)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.outcome) == ("closed", "Rappelée, tout va bien")
    assert trail.names() == [
        "ticket-opened",
        "ticket-taken",
        "ticket-given-back",
        "ticket-closed",
    ]


def test_a_colleague_was_faster():
    ticket, _ = opened()
    one, two = staff("agent", name="Nadia"), staff("agent")
    tickets.take(ticket.pk, by=one)
    tickets.take(ticket.pk, by=one)
    for deed in (
        lambda: tickets.take(ticket.pk, by=two),
        lambda: tickets.close(ticket.pk, "Rappelée", by=two),
    ):
        with pytest.raises(TakenByColleague) as refusal:
            deed()
        assert refusal.value.facts == {"name": "Nadia"}
    ticket.refresh_from_db()
    assert (ticket.state, ticket.taken_by_id, ticket.outcome) == ("taken", one.person_id, "")
    assert trail.names() == ["ticket-opened", "ticket-taken"]
    tickets.give_back(ticket.pk, by=two)
    tickets.take(ticket.pk, by=two)
    tickets.close(ticket.pk, "Rappelée", by=two)


def test_a_new_call_after_the_last_was_closed():
    ticket, _ = opened()
    tickets.close(ticket.pk, "Rien", by=staff())
    other, new = opened()
    assert new
    assert other.pk != ticket.pk


def test_who_may_answer():
    cooperative = CooperativeFactory()
    ticket, _ = opened(cooperative_id=cooperative.pk)
    elsewhere = RegionFactory(code="MA-01")
    for actor in (member(cooperative), staff("editor"), staff("agent", staff_region=elsewhere)):
        with pytest.raises(NotFound):
            tickets.take(ticket.pk, by=actor)
        assert list(queries.tickets(by=actor)) == []
    agent = staff("agent", staff_region=cooperative.region)
    assert list(queries.tickets(by=agent)) == [ticket]
    tickets.take(ticket.pk, by=agent)
