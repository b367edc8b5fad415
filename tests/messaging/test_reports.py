from __future__ import annotations

from itertools import permutations

import pytest

from taawon.messaging import consent, reports, sending, services
from taawon.messaging.gateways import StatusUpdate
from taawon.messaging.models import Fate, Message, ParkedReport, Recipient
from taawon.messaging.rules import proof_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(db):
    return services.queue("+212612345678", "Bonjour", key="orders.order:1")


def told(key: str, fate: Fate, proof: str | None = None) -> bool:
    shown = proof_of(key) if proof is None else proof
    return reports.note("memory", StatusUpdate(fate, key=key, proof=shown))


@pytest.mark.parametrize("order", list(permutations([Fate.ACCEPTED, Fate.DELIVERED, Fate.LOST])))
def test_a_rank_only_rises(message, order):
    for fate in order:
        assert told(message.key, fate)
    assert Message.objects.get().fate == Fate.DELIVERED


def test_a_report_that_somebody_else_writes(message):
    assert not told(message.key, Fate.DELIVERED, proof_of("another"))
    assert not told(message.key, Fate.DELIVERED, "")
    assert Message.objects.get().fate == Fate.UNKNOWN


def test_a_report_before_the_send_is_settled(message):
    """The worker died between the two: the text did leave, and is not sent again."""
    Message.objects.update(state="sending")
    told(message.key, Fate.ACCEPTED)
    assert Message.objects.get().state == "sent"
    assert sending.requeue_lost() == 0


def test_a_report_without_a_text():
    assert told("unknown", Fate.DELIVERED)


def test_a_report_by_the_id_of_the_gateway(message):
    Message.objects.update(provider_id="7f")
    assert reports.note("memory", StatusUpdate(Fate.DELIVERED, provider_id="7f"))
    assert reports.note("another", StatusUpdate(Fate.DELIVERED, provider_id="7f"))
    assert Message.objects.get().fate == Fate.DELIVERED
    assert [parked.gateway for parked in ParkedReport.objects.all()] == ["another"]


def test_a_report_that_names_nothing(message):
    assert not reports.note("memory", StatusUpdate(Fate.DELIVERED))
    assert Message.objects.get().fate == Fate.UNKNOWN


def test_a_report_before_its_id_is_known_is_parked(message):
    for fate in (Fate.ACCEPTED, Fate.DELIVERED, Fate.DELIVERED):
        reports.note("memory", StatusUpdate(fate, provider_id="7f"))
    assert Message.objects.get().fate == Fate.UNKNOWN
    assert ParkedReport.objects.count() == 2

    Message.objects.update(provider_id="7f")
    reports.take_parked("memory", ["7f"])
    assert Message.objects.get().fate == Fate.DELIVERED
    assert ParkedReport.objects.count() == 0


def test_a_number_that_cannot_be_reached_is_left_alone(clock, no_worker):
    phone = "+212612345678"
    for number in range(3):
        sent = services.queue(phone, "Bonjour", key=f"a:{number}")
        told(sent.key, Fate.LOST)
        told(sent.key, Fate.LOST)
    assert Recipient.objects.get().failures == 3
    assert consent.held([phone]).reason_against(phone, 2) == "suppressed"
    assert consent.held([phone]).reason_against(phone, 0) == ""

    clock.forward(days=31)
    assert consent.held([phone]).reason_against(phone, 2) == ""
    told("a:0", Fate.DELIVERED)
    assert Recipient.objects.count() == 0
