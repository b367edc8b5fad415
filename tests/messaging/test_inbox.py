from __future__ import annotations

from datetime import UTC, datetime

import pytest

from taawon.messaging import inbox, services
from taawon.messaging.gateways import Inbound
from taawon.messaging.models import InboundText

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def came(**changes):
    told = {
        "gateway": "kannel",
        "provider_id": "",
        "sender": "0612345678",
        "recipient": "2255",
        "text": "OUI 47",
        "sent_at": NOON,
        **changes,
    }
    return inbox.receive(Inbound(**told))


def test_a_text_that_comes_twice_is_one():
    assert [came(provider_id="1")[1], came(provider_id="1")[1]] == [True, False]
    assert [came()[1], came()[1]] == [True, False]
    assert came(text="OUI 48")[1]
    assert came(sent_at=NOON.replace(second=1))[1]


def test_every_way_of_writing_a_number_is_one():
    came(provider_id="1"), came(provider_id="2", sender="+212612345678")
    assert set(InboundText.objects.values_list("sender", flat=True)) == {"+212612345678"}


@pytest.mark.parametrize("sender", ["", "2255", "Orange", "+", "'; --", "\x00"])
def test_a_sender_that_is_no_number(sender):
    assert came(sender=sender) is None
    assert InboundText.objects.count() == 0


@pytest.mark.parametrize("text", ["", "\x00oui", "x" * 5000, "😀" * 3000, "\u202eoui"])
def test_hostile_texts_are_stored_and_clean(text):
    row, _ = came(text=text)
    row.refresh_from_db()
    assert len(row.text) <= 2000
    assert "\x00" not in row.text
    assert "\u202e" not in row.text


def test_forgotten():
    came()
    services.forget("+212612345678")
    assert list(InboundText.objects.values_list("sender", "text")) == [("", "")]
