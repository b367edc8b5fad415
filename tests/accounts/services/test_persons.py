from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from taawon.accounts import privacy, queries
from taawon.accounts.errors import AccountClosed, CodeExpired, LastAdministrator, WrongCode
from taawon.accounts.models import LoginCode, Person, Reach, StaffRole
from taawon.accounts.services import addresses, codes, persons
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.journal.models import Entry
from taawon.messaging import consent, sending
from taawon.messaging import services as messaging
from taawon.messaging.models import Message, Recipient
from tests.factories import PersonFactory, RegionFactory, actor

PHONE = "+212661234567"
GUEST = Actor(person_id=None, channel=Channel.WEB)


def code_for(post_box, phone: str = PHONE) -> str:
    codes.send_code(phone, purpose=persons.LOGIN, language="fr", by=GUEST)
    sending.send_pending()
    return re.findall(r"\b\d{6}\b", post_box[-1].text)[0]


def entries() -> list[tuple]:
    return list(Entry.objects.values_list("name", "facts", "person_id").order_by("pk"))


@pytest.mark.django_db
def test_joins_on_the_first_login_and_signs_in_on_the_next(post_box):
    first = persons.sign_in("0661234567", code_for(post_box), language="ar", by=GUEST)
    again = persons.sign_in(PHONE, code_for(post_box), language="fr", by=GUEST)

    assert again == first
    assert (first.phone, first.language, first.is_active) == (PHONE, "ar", True)
    assert first.has_usable_password() is False
    assert entries() == [
        ("person-joined", {"person_id": first.pk}, first.pk),
        ("person-signed-in", {"person_id": first.pk}, first.pk),
    ]


@pytest.mark.django_db
def test_who_wrote_a_text_joins_once():
    by = Actor(person_id=None, channel=Channel.SMS)
    first = persons.meet(PHONE, name=" Rahma\x00  Tiwi ", language="ar", by=by)
    again = persons.meet(PHONE, name="Other", language="fr", by=by)

    assert again == first
    assert (again.name, again.language, again.has_usable_password()) == ("Rahma Tiwi", "ar", False)
    assert entries() == [("person-joined", {"person_id": first.pk}, first.pk)]


@pytest.mark.django_db
def test_nobody_is_met_under_a_closed_account_or_an_unknown_language():
    PersonFactory(phone=PHONE, is_active=False)
    with pytest.raises(AccountClosed):
        persons.meet(PHONE, name="", language="fr", by=GUEST)
    with pytest.raises(Invalid):
        persons.meet("+212661234568", name="", language="de", by=GUEST)
    assert (Person.objects.count(), entries()) == (1, [])


@pytest.mark.django_db
def test_a_wrong_code_lets_nobody_in(post_box):
    code = code_for(post_box)
    with pytest.raises(WrongCode):
        persons.sign_in(PHONE, code[::-1] + "0", language="fr", by=GUEST)
    assert Person.objects.count() == 0
    persons.sign_in(PHONE, code, language="fr", by=GUEST)
    with pytest.raises(CodeExpired):
        persons.sign_in(PHONE, code, language="fr", by=GUEST)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_closed_account_stays_closed(post_box):
    PersonFactory(phone=PHONE, is_active=False)
    with pytest.raises(AccountClosed):
        persons.sign_in(PHONE, code_for(post_box), language="fr", by=GUEST)
    assert entries() == []


@pytest.mark.django_db
def test_profile_is_tidied_and_only_what_changes_is_recorded():
    person = PersonFactory(town="Rabat")
    RegionFactory()
    persons.update_profile(
        person.pk,
        name="  Amina\u202e  Alaoui\x00 ",
        region="MA-09",
        town="Rabat",
        by=actor(person),
    )

    person.refresh_from_db()
    assert (person.name, person.region_id, person.town) == ("Amina Alaoui", "MA-09", "Rabat")
    facts = {"person_id": person.pk, "fields": ["name", "region_id"]}
    assert entries() == [("profile-changed", facts, person.pk)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reach", "pigeon"),
        ("reach", "email"),
        ("region", "MA-99"),
        ("name", "x" * 121),
        ("town", "x" * 121),
        ("address", "x" * 301),
    ],
)
def test_a_bad_value_changes_nothing(field, value):
    person = PersonFactory(name="Amina")
    with pytest.raises(Invalid) as refusal:
        persons.update_profile(person.pk, **{"name": "Other", field: value}, by=actor(person))
    assert refusal.value.field == field
    person.refresh_from_db()
    assert person.name == "Amina"
    assert entries() == []


@pytest.mark.django_db
def test_nobody_changes_another_but_an_administrator():
    person, other = PersonFactory(), PersonFactory(staff_role=StaffRole.EDITOR)
    administrator = PersonFactory(staff_role=StaffRole.ADMINISTRATOR)
    for by in (actor(other), GUEST):
        with pytest.raises(NotAllowed):
            persons.change_language(person.pk, "ar", by=by)
        with pytest.raises(NotAllowed):
            persons.erase(person.pk, by=by)
    person.refresh_from_db()
    assert (person.language, person.erased_at) == ("fr", None)
    assert persons.change_language(person.pk, "zgh", by=actor(administrator)).language == "zgh"
    with pytest.raises(NotFound):
        persons.change_language(0, "ar", by=actor(administrator))


@pytest.mark.django_db
def test_an_unknown_language():
    person = PersonFactory()
    with pytest.raises(Invalid):
        persons.change_language(person.pk, "xx", by=actor(person))


@pytest.mark.django_db
def test_export_asks_every_room(monkeypatch):
    person = PersonFactory(phone=PHONE, name="Amina", email="a@example.org", town="Rabat")
    message = messaging.queue(PHONE, "Salam", key="a:1")
    letter = messaging.queue("a@example.org", "Bonjour", key="a:2", via=messaging.Via.EMAIL)
    monkeypatch.setattr(privacy, "exporters", {"pets": lambda person_id: [person_id]})

    assert persons.export(person.pk) == {
        "person": {
            "phone": PHONE,
            "name": "Amina",
            "email": "a@example.org",
            "email_unproved": "",
            "reach": "sms",
            "language": "fr",
            "region": None,
            "town": "Rabat",
            "address": "",
            "staff_role": "",
            "joined_at": person.joined_at.isoformat(),
        },
        "messages": [
            {"queued_at": letter.queued_at.isoformat(), "text": "Bonjour"},
            {"queued_at": message.queued_at.isoformat(), "text": "Salam"},
        ],
        "pets": [person.pk],
    }
    with pytest.raises(NotFound):
        persons.export(0)


@pytest.mark.django_db
def test_erased_and_replaced_by_nobody(monkeypatch, post_box):
    seen = []
    monkeypatch.setattr(
        privacy, "erasers", {"pets": lambda pk: seen.append(Person.objects.get(pk=pk).phone)}
    )
    person = PersonFactory(
        phone=PHONE,
        name="Amina",
        email="a@example.org",
        town="Rabat",
        address="Rue 1",
        region=RegionFactory(),
        staff_role=StaffRole.EDITOR,
    )
    code_for(post_box)
    persons.erase(person.pk, by=actor(person))
    persons.erase(person.pk, by=actor(person))

    person.refresh_from_db()
    assert (person.phone, person.name, person.email, person.town, person.address) == (
        None,
        "",
        "",
        "",
        "",
    )
    assert (person.region, person.staff_role, person.is_active) == (None, "", False)
    assert person.erased_at is not None
    assert seen == [PHONE]
    assert LoginCode.objects.count() == 0
    assert list(Message.objects.values_list("to", "text")) == [("", "")]
    assert queries.for_session(person.pk) is None
    assert entries() == [("person-erased", {"person_id": person.pk}, person.pk)]


@pytest.mark.django_db
def test_both_addresses_are_forgotten(post_box):
    """What was never proved may be somebody else's: their own messages stay."""
    theirs = messaging.queue("b@example.org", "Bonjour", key="a:1", via=messaging.Via.EMAIL)
    person = PersonFactory(phone=PHONE, email="a@example.org", reach=Reach.EMAIL)
    messaging.queue("a@example.org", "Salam", key="a:2", via=messaging.Via.EMAIL)
    addresses.change(person.pk, "b@example.org", language="fr", by=actor(person))
    sending.send_pending()
    persons.erase(person.pk, by=actor(person))

    person.refresh_from_db()
    assert (person.email, person.email_unproved, person.reach) == ("", "", "sms")
    assert list(Message.objects.exclude(to="")) == [theirs]
    assert LoginCode.objects.count() == 0


@pytest.mark.django_db
def test_a_login_by_code_shows_that_the_number_works(post_box, clock):
    for _ in range(3):
        consent.count_delivery(PHONE, arrived=False)
    assert consent.suppressed_until(PHONE) == clock.time + timedelta(days=30)
    persons.sign_in(PHONE, code_for(post_box), language="fr", by=GUEST)
    assert consent.suppressed_until(PHONE) is None
    assert Recipient.objects.count() == 0


@pytest.mark.django_db
def test_an_erased_phone_joins_as_somebody_new(post_box):
    person = PersonFactory(phone=PHONE)
    persons.erase(person.pk, by=actor(person))
    assert persons.sign_in(PHONE, code_for(post_box), language="fr", by=GUEST) != person


@pytest.mark.django_db
def test_a_room_that_fails_to_erase_stops_it_all(monkeypatch):
    def fail(person_id: int) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(privacy, "erasers", {"pets": fail})
    person = PersonFactory(name="Amina")
    with pytest.raises(ZeroDivisionError):
        persons.erase(person.pk, by=actor(person))
    person.refresh_from_db()
    assert (person.name, person.erased_at) == ("Amina", None)


@pytest.mark.django_db
def test_the_last_administrator_stays():
    person = PersonFactory(staff_role=StaffRole.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        persons.erase(person.pk, by=actor(person))
    person.refresh_from_db()
    assert person.erased_at is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_first_logins_at_once_are_one_person():
    def welcome(_: int) -> int:
        try:
            return persons._welcome(PHONE, "fr", GUEST).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as threads:
        assert len(set(threads.map(welcome, range(5)))) == 1
    assert sorted(Entry.objects.values_list("name", flat=True)) == [
        "person-joined",
        *["person-signed-in"] * 4,
    ]
