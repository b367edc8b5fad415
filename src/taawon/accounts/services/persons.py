"""What happens to a person: signs in, changes the profile, takes the data away, leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from taawon.accounts import privacy, rules
from taawon.accounts.errors import AccountClosed, NoAddress
from taawon.accounts.events import PersonErased, PersonJoined, PersonSignedIn, ProfileChanged
from taawon.accounts.models import Person, Reach, StaffRole
from taawon.accounts.services import codes, staff
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.languages import LANGUAGES
from taawon.core.locks import lock_or_not_found
from taawon.core.phone import normalise
from taawon.core.text import clean
from taawon.journal.record import record
from taawon.messaging import consent
from taawon.messaging import queries as messages
from taawon.messaging import services as messaging
from taawon.places import queries as places

LOGIN = "login"
ADDRESS = "email"
_LENGTHS = {"name": 120, "town": 120, "address": 300}


def sign_in(phone: str, code: str, *, language: str, by: Actor) -> Person:
    """Check the code of a phone (purpose LOGIN); its person, who joins on the first login.

    Never inside a transaction (check_code). Raises WrongCode, CodeExpired, AccountClosed.
    """
    phone = normalise(phone)
    codes.check_code(phone, code, purpose=LOGIN)
    # The code arrived, whatever the operator said of earlier texts.
    consent.count_delivery(phone, arrived=True)
    return _welcome(phone, language, by)


@transaction.atomic
def meet(phone: str, *, name: str, language: str, by: Actor) -> Person:
    """Whoever wrote a text from this phone (E.164): an unknown one joins, under that name.

    Raises AccountClosed, Invalid.
    """
    person, joined = _whose(phone, language, name=_tidy("name", name))
    if joined:
        record(PersonJoined(person_id=person.pk), by=replace(by, person_id=person.pk))
    return person


@transaction.atomic
def _welcome(phone: str, language: str, by: Actor) -> Person:
    person, joined = _whose(phone, language)
    event = PersonJoined if joined else PersonSignedIn
    record(event(person_id=person.pk), by=replace(by, person_id=person.pk))
    return person


def _whose(phone: str, language: str, **known: str) -> tuple[Person, bool]:
    """The person of a phone, and whether there was none before."""
    new = {"language": _known(language), "password": make_password(None), **known}
    person, joined = Person.objects.get_or_create(phone=phone, defaults=new)
    if not person.is_active:
        raise AccountClosed
    return person, joined


@transaction.atomic
def update_profile(
    person_id: int,
    *,
    name: str | None = None,
    region: str | None = None,
    town: str | None = None,
    address: str | None = None,
    reach: str | None = None,
    by: Actor,
) -> Person:
    """Change what is given, leave what is None; `region` is a code such as "MA-09", "" for none.

    Another e-mail address has to be proved: see `addresses`. Raises Invalid (`field`), NoAddress,
    NotAllowed, NotFound.
    """
    person = own(person_id, by)
    written = {"name": name, "town": town, "address": address}
    wanted: dict[str, Any] = {
        field: _tidy(field, text) for field, text in written.items() if text is not None
    }
    if region is not None:
        if region and region not in places.regions():
            raise Invalid(field="region")
        wanted["region_id"] = region or None
    if reach is not None:
        if reach not in Reach.values:
            raise Invalid(field="reach")
        if reach == Reach.EMAIL and not person.email:
            raise NoAddress(field="reach")
        wanted["reach"] = reach
    return _change(person, wanted, by)


@transaction.atomic
def change_language(person_id: int, language: str, *, by: Actor) -> Person:
    """Raises Invalid, NotAllowed, NotFound."""
    return _change(own(person_id, by), {"language": _known(language)}, by)


def export(person_id: int) -> dict[str, Any]:
    """All that is known of a person, as JSON can hold it: {"person": …, "messages": …, room: …}."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    sent = messages.of_addresses(one for one in (person.phone, person.email) if one)
    return {
        "person": {
            "phone": person.phone,
            "name": person.name,
            "email": person.email,
            "email_unproved": person.email_unproved,
            "reach": person.reach,
            "language": person.language,
            "region": person.region_id,
            "town": person.town,
            "address": person.address,
            "staff_role": person.staff_role,
            "joined_at": person.joined_at.isoformat(),
        },
        "messages": [
            {"queued_at": message.queued_at.isoformat(), "text": message.text} for message in sent
        ],
        **{room: exporter(person_id) for room, exporter in privacy.exporters.items()},
    }


@transaction.atomic
def erase(person_id: int, *, by: Actor) -> None:
    """Replace the person by nobody; every room forgets what it knows, and keeps its invoices.

    Raises NotAllowed, NotFound, LastAdministrator. A second time does nothing.
    """
    _insist(person_id, by)
    people = staff.administrators_and(person_id)
    if person_id not in people:
        raise NotFound
    person = people[person_id]
    if person.erased_at:
        return
    staff.refuse_last_administrator(person_id, people)
    for eraser in privacy.erasers.values():
        eraser(person_id)
    proved = [to for to in (person.phone, person.email) if to]
    codes.forget(*proved)
    for to in proved:
        messaging.forget(to)
    # What was never proved may be somebody else's address: nothing but our codes is forgotten.
    codes.forget_subject(ADDRESS, str(person_id))
    if person.email_unproved:
        messaging.forget_codes(person.email_unproved)
    person.phone = person.region = person.staff_region = person.last_login = None
    person.name = person.email = person.email_unproved = person.town = person.address = ""
    person.reach = Reach.SMS
    person.staff_role = StaffRole.NONE
    person.password = make_password(None)  # Ends every session.
    person.is_active = False
    person.erased_at = timezone.now()
    person.save()
    record(PersonErased(person_id=person_id), by=by)


def own(person_id: int, by: Actor) -> Person:
    """The person, locked, for whoever may change them: themselves, an administrator, the house."""
    _insist(person_id, by)
    return lock_or_not_found(Person, pk=person_id)


def _insist(person_id: int, by: Actor) -> None:
    if by.person_id != person_id and by.channel != Channel.SYSTEM:
        actor = Person.objects.filter(pk=by.person_id or 0).first()
        if actor is None or not rules.may_manage_people(actor):
            raise NotAllowed


def _change(person: Person, wanted: dict[str, Any], by: Actor) -> Person:
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if changed:
        for field in changed:
            setattr(person, field, wanted[field])
        person.save(update_fields=changed)
        record(ProfileChanged(person_id=person.pk, fields=changed), by=by)
    return person


def _tidy(field: str, written: str) -> str:
    text = clean(written)
    if len(text) > _LENGTHS[field]:
        raise Invalid(field=field)
    return text


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise Invalid(field="language")
    return language
