from __future__ import annotations

import pytest

from taawon.messaging import consent, sending, services
from taawon.messaging.models import Lane, Message, Recipient

PHONE = "+212612345678"
pytestmark = pytest.mark.django_db


def test_nobody_is_announced_to_who_did_not_agree():
    assert not consent.may_announce(PHONE)
    consent.agree(PHONE, "web")
    assert consent.may_announce(PHONE)
    assert Recipient.objects.get().agreed_by == "web"


def test_a_stop_counts_at_once():
    consent.agree(PHONE, "web")
    consent.stop(PHONE)
    assert not consent.may_announce(PHONE)
    assert not consent.stopped_all(PHONE)


@pytest.mark.parametrize(
    ("lane", "state"), [(Lane.CODE, "sent"), (Lane.REPLY, "sent"), (Lane.ORDER, "failed")]
)
def test_who_stopped_everything_hears_codes_and_answers_alone(post_box, lane, state):
    consent.stop(PHONE, everything=True)
    services.queue(PHONE, "Bonjour", key="k", lane=lane)
    sending.send_pending()
    assert Message.objects.get().state == state


def test_forgotten():
    consent.agree(PHONE, "web")
    services.forget(PHONE)
    assert Recipient.objects.count() == 0
