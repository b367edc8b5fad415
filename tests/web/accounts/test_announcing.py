from __future__ import annotations

import pytest

from taawon.messaging import consent
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/fr/account/announcements/"


def test_on_and_off(client):
    person = PersonFactory()
    client.force_login(person)
    assert client.get(PAGE).context["comes"] is False
    client.post(PAGE, {"wanted": "yes"})
    assert client.get(PAGE).context["comes"] is True
    client.post(PAGE)
    assert client.get(PAGE).context["comes"] is False
    assert consent.of(person.phone).stopped_at is not None


def test_a_landline_is_told_why_not(client):
    client.force_login(PersonFactory(phone="+212528123456"))
    assert client.post(PAGE, {"wanted": "yes"}).status_code == 422


def test_for_who_is_logged_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"wanted": "yes"}).status_code == 302


def test_after_everything_was_stopped(client):
    person = PersonFactory()
    consent.stop(person.phone, everything=True)
    client.force_login(person)
    assert client.get(PAGE).context["comes"] is False
    client.post(PAGE, {"wanted": "yes"})
    assert client.get(PAGE).context["comes"] is True
    assert consent.may_announce(person.phone) is True
