"""What happens is written down with its change, and told upstairs once to each listener."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from taawon.core.actor import Actor, Channel
from taawon.journal import listeners
from taawon.journal.deliver import MOST_TRIES, deliver, deliver_pending
from taawon.journal.events import Event
from taawon.journal.models import Delivery, Entry
from taawon.journal.record import record

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Event):
    name = "bell-rung"
    times: int

    @property
    def subject(self) -> str:
        return "tests.bell:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyCares(Event):
    name = "nobody-cares"

    @property
    def subject(self) -> str:
        return "tests.bell:1"


@pytest.fixture
def heard(settings) -> Iterator[list[str]]:
    """Two listeners; the second fails as long as the list says so."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    told: list[str] = []

    def first(event: BellRung) -> None:
        told.append(f"first {event.times}")

    def second(event: BellRung) -> None:
        if "broken" in told:
            raise RuntimeError("broken")
        told.append(f"second {event.times}")

    listeners.on(BellRung)(first)
    listeners.on(BellRung)(second)
    yield told
    listeners._listeners.pop(BellRung.name)
    listeners._events.pop(BellRung.name)


def ring(times: int = 1) -> Entry:
    with transaction.atomic():
        return record(BellRung(times=times), by=SYSTEM)[0]


def test_every_listener_is_told_once(heard, clock):
    entry = ring(3)
    clock.forward(seconds=1)

    assert deliver_pending() == 1
    assert deliver_pending() == 0
    deliver(entry.pk)

    assert heard == ["first 3", "second 3"]
    entry.refresh_from_db()
    assert entry.deliver_at is None


def test_who_did_it_and_for_whom():
    by = Actor(person_id=7, channel=Channel.WEB, for_cooperative=5, api_key_id=3)
    with transaction.atomic():
        [entry] = record(NobodyCares(), by=by)
    found = Entry.objects.get(pk=entry.pk)
    assert (found.person_id, found.channel, found.for_cooperative, found.api_key_id) == (
        7,
        "web",
        5,
        3,
    )
    assert (found.subject, found.facts, found.deliver_at) == ("tests.bell:1", {}, None)


def test_what_is_rolled_back_never_happened(heard):
    def fail_afterwards() -> None:
        with transaction.atomic():
            record(BellRung(times=1), by=SYSTEM)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_afterwards()
    assert not Entry.objects.exists()


def test_outside_of_a_transaction_nothing_is_recorded(transactional_db):
    with pytest.raises(RuntimeError):
        record(NobodyCares(), by=SYSTEM)
    assert not Entry.objects.exists()


def test_one_that_fails_holds_back_no_other_and_is_told_again(heard, clock):
    heard.append("broken")
    entry = ring()
    clock.forward(seconds=1)
    deliver_pending()
    assert heard == ["broken", "first 1"]
    assert deliver_pending() == 0  # not before its time

    heard.remove("broken")
    clock.forward(seconds=11)
    assert deliver_pending() == 1

    assert heard == ["first 1", "second 1"]
    entry.refresh_from_db()
    assert entry.deliver_at is None


def test_it_is_given_up_in_the_end(heard, clock):
    heard.append("broken")
    ring()
    for _ in range(MOST_TRIES):
        clock.forward(hours=2)
        assert deliver_pending() == 1
    clock.forward(hours=2)

    assert deliver_pending() == 0
    assert heard == ["broken", "first 1"]
    assert Delivery.objects.filter(given_up_at__isnull=False).count() == 1
