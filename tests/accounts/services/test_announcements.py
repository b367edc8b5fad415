from __future__ import annotations

import pytest

from taawon.accounts.services import announcements
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.phone import NoTexts
from taawon.messaging import consent
from taawon.messaging.models import Recipient
from tests import trail
from tests.factories import PersonFactory, actor, staff

pytestmark = pytest.mark.django_db


def test_by_oneself_and_taken_back():
    person = PersonFactory()
    announcements.agree(person.pk, by=actor(person))
    assert consent.of(person.phone).agreed_by == "web"
    announcements.stop(person.pk, by=actor(person))
    assert consent.may_announce(person.phone) is False
    assert trail.names() == ["announcements-agreed", "announcements-stopped"]


def test_on_paper_by_an_administrator():
    person = PersonFactory()
    announcements.agree(person.pk, by=staff())
    assert consent.of(person.phone).agreed_by == "paper"


def test_nobody_else():
    person = PersonFactory()
    for by in (actor(PersonFactory()), staff("agent"), actor()):
        for verb in (announcements.agree, announcements.stop):
            with pytest.raises(NotAllowed):
                verb(person.pk, by=by)
    with pytest.raises(NotFound):
        announcements.agree(10**9, by=staff())
    assert (Recipient.objects.count(), trail.names()) == (0, [])


def test_a_landline_gets_no_texts():
    person = PersonFactory(phone="+212528123456")
    with pytest.raises(NoTexts):
        announcements.agree(person.pk, by=actor(person))
    assert Recipient.objects.count() == 0
