"""Customers and strangers: how their order stands, and where orders are found."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.factories import OrderFactory, PersonFactory
from tests.sms.talk import Phone

pytestmark = pytest.mark.django_db
NUMBER = "+212661234567"
SITE = "http://127.0.0.1:8000"
STANDS = f"Votre commande ABCD2345: expediee. La suivre: {SITE} - ou repondez AGENT."


@pytest.fixture
def customer() -> Phone:
    PersonFactory(phone=NUMBER)
    return Phone(NUMBER)


@pytest.mark.parametrize("text", ["où est ma commande ?", "bonjour", "exp 12"])
def test_a_customer_hears_how_the_last_order_stands(customer, text):
    OrderFactory(phone=NUMBER, code="ZZZZ2345", state="delivered")
    OrderFactory(phone=NUMBER, code="ABCD2345", state="shipped")
    assert customer.says(text) == STANDS


def test_a_guest_too_whose_number_nobody_knows():
    OrderFactory(phone=NUMBER, code="ABCD2345", state="shipped")
    assert Phone(NUMBER).says("bonjour") == STANDS


def test_not_of_an_old_order(customer, clock):
    OrderFactory(phone=NUMBER, placed_at=timezone.now())
    clock.forward(days=61)
    assert customer.says("où est ma commande ?") == (
        f"Ce numero sert aux cooperatives. Vos commandes: {SITE} "
        "- ou repondez AGENT, nous vous rappelons."
    )


def test_another_phone_hears_nothing_of_it():
    OrderFactory(phone=NUMBER, code="ABCD2345")
    assert "ABCD2345" not in Phone("+212661234568").says("où est ma commande ?")


def test_the_help_of_a_customer_holds_no_commands_of_a_shop(customer):
    assert customer.says("aide") == (
        f"Vos commandes: {SITE}. AGENT: on vous rappelle. STOP: plus d'annonces. "
        "LANGUE ARABE: en arabe."
    )


def test_a_stranger_who_asks_for_help_is_answered_again():
    stranger = Phone(NUMBER)
    first = stranger.says("bonjour")
    assert first.startswith("Taawon, la ligne des cooperatives.")
    assert (stranger.says("je veux vendre"), stranger.says("aide")) == ("", first)
