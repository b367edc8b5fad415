from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.accounts.models import LoginCode, Person
from tests.upgrades import back_at


@pytest.mark.django_db(transaction=True)
def test_an_address_that_nobody_proved_waits_for_its_code():
    with back_at("accounts", "0001_initial") as then:
        people = then.get_model("accounts", "Person").objects
        people.create(phone="+212661234567", email="a@example.ma", password="!")
        people.create(phone="+212661234568", password="!")
        then.get_model("accounts", "LoginCode").objects.create(
            phone="+212661234567",
            purpose="login",
            digest="0" * 64,
            expires_at=timezone.now() + timedelta(minutes=5),
        )
    kept = Person.objects.order_by("phone").values_list("email", "email_unproved", "reach")
    assert list(kept) == [("", "a@example.ma", "sms"), ("", "", "sms")]
    assert LoginCode.objects.get().to == "+212661234567"
