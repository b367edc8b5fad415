from __future__ import annotations

from itertools import permutations

import pytest

from taawon.messaging import reports, services
from taawon.messaging.models import Fate, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(db):
    return services.queue("+212612345678", "Bonjour", key="orders.order:1")


@pytest.mark.parametrize("order", list(permutations([Fate.ACCEPTED, Fate.DELIVERED, Fate.LOST])))
def test_a_rank_only_rises(message, order):
    for fate in order:
        assert reports.note(message.key, reports.token(message.key), fate)
    assert Message.objects.get().fate == Fate.DELIVERED


def test_a_report_that_somebody_else_writes(message):
    assert not reports.note(message.key, reports.token("another"), Fate.DELIVERED)
    assert not reports.note(message.key, "", Fate.DELIVERED)
    assert Message.objects.get().fate == Fate.UNKNOWN


def test_a_report_before_the_send_is_settled(message):
    """The worker died between the two: the text did leave, and is not sent again."""
    Message.objects.update(state="sending")
    reports.note(message.key, reports.token(message.key), Fate.ACCEPTED)
    assert Message.objects.get().state == "sent"
    assert services.requeue_lost() == 0


def test_a_report_without_a_text():
    assert reports.note("unknown", reports.token("unknown"), Fate.DELIVERED)
