"""An e-mail address is proved by a code before anything else is written to it."""

from __future__ import annotations

from django.db import transaction

from taawon.accounts.errors import CodeExpired
from taawon.accounts.events import EmailProved, ProfileChanged
from taawon.accounts.models import Person, Reach
from taawon.accounts.services import codes, persons
from taawon.core import email as emails
from taawon.core.actor import Actor
from taawon.core.text import clean
from taawon.journal.record import record
from taawon.messaging import consent
from taawon.messaging.services import Via

PURPOSE = persons.ADDRESS


@transaction.atomic
def change(person_id: int, email: str, *, address: str = "", language: str, by: Actor) -> bool:
    """Write down another address and send its code; "" takes the address away. Whether one is sent.

    The address that was proved earlier serves until the new one is. `address` is the IP address
    that asks. Raises InvalidEmail, TooMany, NotAllowed, NotFound.
    """
    person = persons.own(person_id, by)
    wanted = emails.normalise(email) if clean(email) else ""
    before = (person.email, person.email_unproved)
    if wanted == person.email:
        person.email_unproved = ""
    elif wanted:
        person.email_unproved = wanted
    else:
        person.email, person.email_unproved, person.reach = "", "", Reach.SMS
    if (person.email, person.email_unproved) == before:
        return False
    person.save(update_fields=["email", "email_unproved", "reach"])
    record(ProfileChanged(person_id=person.pk, fields=["email"]), by=by)
    if person.email_unproved:
        _send(person, address, language, by)
    return bool(person.email_unproved)


@transaction.atomic
def send_again(person_id: int, *, address: str = "", language: str, by: Actor) -> None:
    """Another code to the address that waits for one. Raises CodeExpired where none does."""
    person = persons.own(person_id, by)
    if not person.email_unproved:
        raise CodeExpired(field="code")
    _send(person, address, language, by)


def prove(person_id: int, code: str, *, by: Actor) -> None:
    """From now on messages may go to the address.

    Never inside a transaction (check_code). Raises WrongCode, CodeExpired, NotAllowed, NotFound.
    """
    with transaction.atomic():
        waiting = persons.own(person_id, by).email_unproved
    if not waiting:
        raise CodeExpired(field="code")
    codes.check_code(waiting, code, purpose=PURPOSE, subject=str(person_id), via=Via.EMAIL)
    _keep(person_id, waiting, by)


@transaction.atomic
def _keep(person_id: int, proved: str, by: Actor) -> None:
    """Unless another address was written down meanwhile."""
    person = persons.own(person_id, by)
    if person.email_unproved != proved:
        raise CodeExpired(field="code")
    person.email, person.email_unproved = emails.normalise(proved), ""
    person.save(update_fields=["email", "email_unproved"])
    consent.count_delivery(person.email, arrived=True)
    record(EmailProved(person_id=person_id), by=by)


def _send(person: Person, address: str, language: str, by: Actor) -> None:
    codes.send_code(
        person.email_unproved,
        purpose=PURPOSE,
        subject=str(person.pk),
        via=Via.EMAIL,
        address=address,
        language=language,
        by=by,
    )
