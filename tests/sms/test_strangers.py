"""A number that nobody knows reads how to join, once in a while; a stop is always a stop."""

from __future__ import annotations

import pytest

from taawon.conversations.models import Ticket
from taawon.messaging import consent
from tests.factories import PersonFactory
from tests.sms.talk import Phone

pytestmark = pytest.mark.django_db


def test_a_stranger_is_answered_once():
    stranger = Phone("+212699999999")
    assert stranger.says("bonjour").startswith("Taawon, la ligne des cooperatives.")
    assert stranger.says("oui 47") == ""
    assert stranger.says("STOP").startswith("Vous ne recevrez plus d'annonces.")


def test_a_stranger_reads_how_to_join_again_after_a_month(clock):
    stranger = Phone("+212699999999")
    assert stranger.says("سلام").startswith("تعاون، خط التعاونيات. للبيع معنا: ")
    clock.forward(days=29)
    assert stranger.says("سلام") == ""
    clock.forward(days=2)
    assert stranger.says("salam").startswith("Taawon, lkhet dyal cooperatives.")


def test_a_stranger_who_calls_for_a_person():
    stranger = Phone("+212699999999")
    assert stranger.says("agent je veux vendre").startswith("Bien recu.")
    ticket = Ticket.objects.get()
    assert (ticket.phone, ticket.person, ticket.cooperative) == (stranger.number, None, None)


@pytest.mark.parametrize("known", [True, False])
def test_who_has_no_cooperative_stops_everything_too(known):
    phone = Phone("+212699999999")
    if known:
        PersonFactory(phone=phone.number)
    assert phone.says("1234") != "Vous ne recevrez plus de SMS. Pour reprendre: START"
    code = phone.code("stop tout")
    assert phone.says(code) == "Vous ne recevrez plus de SMS. Pour reprendre: START"
    assert consent.stopped_all(phone.number)
