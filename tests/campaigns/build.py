"""Members who may be written to, and campaigns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from taawon.accounts.models import Person
from taawon.campaigns.models import Campaign
from taawon.campaigns.services import writing
from taawon.campaigns.services.writing import Wish
from taawon.core.actor import Actor
from taawon.messaging import consent
from tests.factories import MembershipFactory, staff

FR, AR = "Bonjour {name}, un atelier a Agadir le 3 mars.", "ورشة في أكادير يوم 3 مارس."


def by_day(clock: Any) -> None:
    """Eleven in the morning in Casablanca."""
    clock.time = datetime(2026, 11, 23, 10, tzinfo=UTC)


def member(*, agreed: bool = True, **more: Any) -> Person:
    """`more` as the factory of a membership takes it: person__language="ar"."""
    person = MembershipFactory(**more).person
    if agreed and person.phone:
        consent.agree(person.phone, "paper")
    return person


def wish(**more: Any) -> Wish:
    return Wish(**{"title": "Atelier", "texts": {"fr": FR, "ar": AR}, **more})


def campaign(by: Actor | None = None, **more: Any) -> Campaign:
    return writing.write(wish(**more), by=by or staff("editor"))
