from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from taawon.accounts.errors import CodeExpired, NoAddress, WrongCode
from taawon.accounts.models import LoginCode, Person, Reach
from taawon.accounts.services import addresses, codes, persons
from taawon.core.email import InvalidEmail
from taawon.core.errors import NotAllowed, TooMany
from taawon.journal.models import Entry
from taawon.messaging import consent, sending
from taawon.messaging.models import Lane, Message
from tests.factories import PersonFactory, actor

EMAIL = "amina@example.ma"
pytestmark = pytest.mark.django_db


def change(person: Person, email: str = EMAIL, language: str = "en") -> bool:
    return addresses.change(person.pk, email, language=language, by=actor(person))


def prove(person: Person, code: str) -> None:
    addresses.prove(person.pk, code, by=actor(person))


def last(post_box) -> str:
    sending.send_pending()
    return re.findall(r"\b\d{6}\b", post_box[-1].text)[0]


def kept(person: Person) -> tuple[str, str, str]:
    person.refresh_from_db()
    return person.email, person.email_unproved, person.reach


def test_an_address_counts_once_its_code_is_typed(post_box):
    person = PersonFactory()
    assert change(person, " Amina@Example.MA ")
    assert kept(person) == ("", EMAIL, "sms")

    code = last(post_box)
    [letter] = post_box
    assert (letter.via, letter.to, letter.subject) == ("email", EMAIL, "Your Taawon code")
    assert letter.text.startswith(f"{code} is the code that confirms this address at Taawon")
    assert (Message.objects.get().lane, Message.objects.get().text) == (Lane.CODE, "")
    prove(person, code)

    assert kept(person) == (EMAIL, "", "sms")
    assert list(Entry.objects.order_by("pk").values_list("name", "facts")) == [
        ("profile-changed", {"person_id": person.pk, "fields": ["email"]}),
        ("email-proved", {"person_id": person.pk}),
    ]


def test_the_old_address_serves_until_the_new_one_is_proved(post_box):
    person = PersonFactory(email="old@example.ma", reach=Reach.EMAIL)
    assert change(person)
    assert kept(person) == ("old@example.ma", EMAIL, "email")
    with pytest.raises(WrongCode):
        prove(person, "0")
    assert kept(person) == ("old@example.ma", EMAIL, "email")
    prove(person, last(post_box))
    assert kept(person) == (EMAIL, "", "email")


def test_the_old_one_again_needs_no_code(post_box):
    person = PersonFactory(email="old@example.ma")
    change(person)
    code = last(post_box)
    assert not change(person, "old@example.ma")
    assert kept(person) == ("old@example.ma", "", "sms")
    with pytest.raises(CodeExpired):
        prove(person, code)
    assert not change(person, "old@example.ma")
    assert Entry.objects.count() == 2


def test_taken_away_texts_come_again():
    person = PersonFactory(email=EMAIL, reach=Reach.EMAIL)
    assert not change(person, " ")
    assert kept(person) == ("", "", "sms")


def test_a_code_is_for_one_address_and_one_person(post_box):
    person, other = PersonFactory(), PersonFactory()
    change(person)
    code = last(post_box)
    change(other)
    with pytest.raises((CodeExpired, WrongCode)):
        prove(other, code)
    change(person, "b@example.ma")
    with pytest.raises((CodeExpired, WrongCode)):
        prove(person, code)
    with pytest.raises(NotAllowed):
        addresses.prove(person.pk, code, by=actor(other))
    assert (kept(person)[0], kept(other)[0]) == ("", "")


def test_a_code_by_email_opens_no_account(post_box):
    change(PersonFactory())
    code = last(post_box)
    with pytest.raises(CodeExpired):
        codes.check_code("+212661234567", code, purpose=persons.LOGIN)


def test_half_an_hour(post_box, clock):
    person = PersonFactory()
    change(person)
    code = last(post_box)
    clock.forward(minutes=29, seconds=59)
    with pytest.raises(WrongCode):
        prove(person, f"{(int(code) + 1) % 1_000_000:06d}")
    clock.forward(seconds=1)
    with pytest.raises(CodeExpired):
        prove(person, code)
    assert Message.objects.get().valid_until == clock.time
    addresses.send_again(person.pk, language="fr", by=actor(person))
    prove(person, last(post_box))
    assert kept(person)[0] == EMAIL
    with pytest.raises(CodeExpired):
        addresses.send_again(person.pk, language="fr", by=actor(person))


def test_three_in_a_quarter_of_an_hour_whoever_asks(settings, clock):
    settings.RATE_LIMIT = True
    for _ in range(3):
        change(PersonFactory())
    person = PersonFactory()
    with pytest.raises(TooMany):
        change(person, EMAIL.upper())
    assert kept(person) == ("", "", "sms")
    assert LoginCode.objects.count() == 3
    change(person, "other@example.ma")


def test_no_address(post_box):
    person = PersonFactory()
    with pytest.raises(InvalidEmail):
        change(person, "amina")
    assert (kept(person), post_box) == (("", "", "sms"), [])


def test_email_is_chosen_once_it_is_proved(post_box):
    person = PersonFactory()
    change(person)
    with pytest.raises(NoAddress) as refusal:
        persons.update_profile(person.pk, reach="email", by=actor(person))
    assert refusal.value.field == "reach"
    prove(person, last(post_box))
    persons.update_profile(person.pk, reach="email", by=actor(person))
    assert kept(person) == (EMAIL, "", "email")


def test_the_database_insists():
    person = PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(reach="email")


def test_a_proof_lifts_what_was_held_against_the_address(post_box, clock):
    for _ in range(3):
        consent.count_delivery(EMAIL, arrived=False)
    assert consent.suppressed_until(EMAIL) == clock.time + timedelta(days=30)
    person = PersonFactory()
    change(person)
    prove(person, last(post_box))
    assert consent.suppressed_until(EMAIL) is None
