"""Whether a person wants announcements by text: said by themselves, or signed on paper.

Consent has a day and a source, and is taken back as easily as it was given (law 09-08, article 10).
"""

from __future__ import annotations

from django.db import transaction

from taawon.accounts import queries, rules
from taawon.accounts.events import AnnouncementsAgreed, AnnouncementsStopped
from taawon.accounts.models import Person
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed
from taawon.core.locks import lock_or_not_found
from taawon.core.phone import NoTexts, takes_texts
from taawon.journal.record import record
from taawon.messaging import consent


@transaction.atomic
def agree(person_id: int, *, by: Actor) -> None:
    """On the web by oneself, else "paper". Raises NotFound, NotAllowed, NoTexts."""
    person = _person(person_id, by)
    if not person.phone or not takes_texts(person.phone):
        raise NoTexts(field="phone")
    consent.agree(person.phone, "web" if by.person_id == person_id else "paper")
    record(AnnouncementsAgreed(person_id=person_id), by=by)


@transaction.atomic
def stop(person_id: int, *, by: Actor) -> None:
    """From this second on. Raises NotFound, NotAllowed."""
    person = _person(person_id, by)
    if person.phone:
        consent.stop(person.phone)
        record(AnnouncementsStopped(person_id=person_id), by=by)


def _person(person_id: int, by: Actor) -> Person:
    """Held, so that nobody is erased meanwhile."""
    person = lock_or_not_found(Person, pk=person_id)
    if by.person_id != person_id:
        actor = queries.by_id(by.person_id or 0)
        if actor is None or not rules.may_manage_people(actor):
            raise NotAllowed
    return person
