from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.messaging import consent, sending
from taawon.messaging.models import Message, Recipient
from taawon.messaging.rules import unsubscribe_address
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "+212661234567", "amina@example.ma"
PROFILE = "/en/account/profile/"


@pytest.fixture
def person(client) -> Person:
    person = PersonFactory(phone=PHONE)
    client.force_login(person, backend="taawon.accounts.backend.PhoneCodeBackend")
    return person


def code_in(post_box) -> str:
    sending.send_pending()
    return re.search(r"\d{6}", post_box[-1].text)[0]


def save(client, **typed: str):
    return client.post(PROFILE, {"name": "Amina", "reach": "sms"} | typed)


def test_kept_and_wrong_values_are_said(client, person):
    assert save(client, email="no").status_code == 422
    assert save(client, name="Amina").url == "/en/account/"
    person.refresh_from_db()
    assert (person.name, person.email) == ("Amina", "")


def test_an_address_is_confirmed_then_chosen(client, person, post_box):
    page = client.get(PROFILE).text
    assert re.search(r'value="email"[^>]*disabled', page)
    assert "Confirm your e-mail address" not in page
    assert save(client, email=EMAIL, reach="email").status_code == 422

    assert save(client, email=EMAIL).url == PROFILE
    page = client.get(PROFILE).text
    assert "Confirm your e-mail address" in page
    assert f'value="{EMAIL}"' in page
    wrong = client.post("/en/account/profile/email/", {"code": "12"})
    assert (wrong.status_code, "Tries left: 4" in wrong.text) == (422, True)
    answer = client.post("/en/account/profile/email/", {"code": code_in(post_box)})
    assert answer.url == PROFILE

    page = client.get(PROFILE).text
    assert "Confirm your e-mail address" not in page
    assert not re.search(r'value="email"[^>]*disabled', page)
    assert save(client, email=EMAIL, reach="email").url == "/en/account/"
    person.refresh_from_db()
    assert (person.email, person.email_unproved, person.reach) == (EMAIL, "", "email")


def test_another_code(client, person, post_box):
    save(client, email=EMAIL)
    first = code_in(post_box)
    assert client.post("/en/account/profile/email/", {"again": "1"}).url == PROFILE
    second = code_in(post_box)
    assert Message.objects.count() == 2
    if first != second:
        assert client.post("/en/account/profile/email/", {"code": first}).status_code == 422
    client.post("/en/account/profile/email/", {"code": second})
    person.refresh_from_db()
    assert person.email == EMAIL


def test_an_empty_field_takes_the_address_away(client, person):
    Person.objects.update(email=EMAIL, reach="email")
    assert save(client, email="", reach="email").url == "/en/account/"
    person.refresh_from_db()
    assert (person.email, person.reach) == ("", "sms")


def test_nobody_confirms_without_logging_in(client):
    answer = client.post("/en/account/profile/email/", {"code": "1"})
    assert answer.url.startswith("/en/login/")


def test_who_cannot_be_reached_is_told(client, person):
    assert "did not arrive" not in client.get("/en/account/").text
    until = timezone.now() + timedelta(days=3)
    Recipient.objects.create(to=PHONE, failures=3, suppressed_until=until)
    assert "Our last texts to" in client.get("/en/account/").text


def test_announcements_by_email_end_with_one_click(client, settings):
    """A mail program posts without cookie and token."""
    settings.SITE_URL = ""
    consent.agree(EMAIL, "web")
    address = unsubscribe_address(EMAIL, "en")
    assert EMAIL in client.get(address).text
    assert consent.may_announce(EMAIL)
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, EMAIL in answer.text) == (200, True)
    assert not consent.may_announce(EMAIL)
    assert not consent.stopped_all(EMAIL)


@pytest.mark.parametrize("who", ["", "x", "x:y:z"])
def test_what_we_did_not_sign_stops_nobody(client, who):
    assert client.post("/en/unsubscribe/", query_params={"who": who}).status_code == 404
    assert Recipient.objects.count() == 0
