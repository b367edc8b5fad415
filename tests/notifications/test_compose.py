from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy

from taawon.accounts.models import Person
from taawon.messaging import consent
from taawon.messaging.models import Message
from taawon.notifications.compose import Reader, link, short, tell
from tests.factories import PersonFactory

PHONE, LANDLINE, EMAIL = "+212661234567", "+212522123456", "a@example.ma"


def test_a_link_is_in_the_readers_language(settings):
    settings.SITE_URL = "https://taawon.example"
    assert link("seller")("ar") == "https://taawon.example/ar/seller/"
    assert link("orders", "X", key="a b")("fr") == "https://taawon.example/fr/orders/X/?key=a+b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tifaout", "Tifaout"),
        (" a \n b ", "a b"),
        ("x" * 11, "x" * 7 + "..."),
        ("x" * 10, "x" * 10),
    ],
)
def test_short(text, shown):
    assert short(text, 10) == shown


def test_an_erased_person_cannot_be_reached():
    assert Reader.person(Person(phone=None)) == Reader(phone="", email="", language="fr")


@pytest.mark.django_db
def test_facts_are_said_in_the_readers_language():
    tell(
        Reader(phone="+212661234567", email="a@example.org", language="ar"),
        "%(label)s %(speaks)s 100%%",
        subject="-",
        key="a:1",
        label=gettext_lazy("Arabic"),
        speaks=lambda language: f"<{language}>",
    )
    [message] = Message.objects.all()
    assert (message.via, message.text) == ("sms", "العربية <ar> 100%")


@pytest.mark.parametrize(
    ("phone", "email", "reach", "way"),
    [
        (PHONE, EMAIL, "sms", (PHONE, "sms")),
        (PHONE, EMAIL, "email", (EMAIL, "email")),
        (PHONE, "", "email", (PHONE, "sms")),
        (LANDLINE, EMAIL, "sms", (EMAIL, "email")),
        ("", EMAIL, "sms", (EMAIL, "email")),
        (LANDLINE, "", "sms", None),
        ("", "", "email", None),
    ],
)
@pytest.mark.django_db
def test_the_way_that_the_reader_prefers(phone, email, reach, way):
    reader = Reader(phone=phone, email=email, language="fr", reach=reach)
    tell(reader, "%(name)s", subject="Sujet", key="a:1", name="Reçue")
    told = Message.objects.values_list("to", "via", "subject", "text").first()
    if way is None:
        assert told is None
    else:
        heading, words = ("Sujet", "Reçue") if way[1] == "email" else ("", "Recue")
        assert told == (*way, heading, words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dead", "reach", "to"),
    [(EMAIL, "email", PHONE), (PHONE, "sms", EMAIL), (PHONE, "email", EMAIL)],
)
def test_a_mailbox_or_phone_that_is_left_alone_gives_way(dead, reach, to):
    for _ in range(3):
        consent.count_delivery(dead, arrived=False)
    reader = Reader(phone=PHONE, email=EMAIL, language="fr", reach=reach)
    tell(reader, "Salam", subject="-", key="a:1")
    assert Message.objects.get().to == to


@pytest.mark.django_db
def test_nothing_is_written_to_an_address_that_was_not_proved():
    person = PersonFactory(phone=None, email_unproved=EMAIL)
    tell(Reader.person(person), "Salam", subject="-", key="a:1")
    assert Message.objects.count() == 0
