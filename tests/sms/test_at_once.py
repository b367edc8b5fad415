"""The same text brought by ten at once is one command."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from taawon.cooperatives.models import Membership, Shop
from taawon.messaging.models import InboundText, Message
from tests.factories import InvitationFactory
from tests.sms.talk import stall

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.gets_may_write("Kannel brings texts by GET"),
]
ASKED = {"token": "t", "from": "+212612345678", "to": "2255", "ts": "1780000000"}


def ten_at_once(texts: list[dict[str, str]]) -> list[int]:
    ready = Barrier(len(texts))

    def bring(query: dict[str, str]) -> int:
        ready.wait()
        try:
            return Client().get("/gateway/kannel/inbound", {**ASKED, **query}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(texts)) as threads:
        return list(threads.map(bring, texts))


@pytest.fixture(autouse=True)
def _kannel(settings, monkeypatch):
    settings.SMS_GATEWAYS = {"memory": {"kind": "memory"}, "iam": {"kind": "kannel", "token": "t"}}


def test_the_same_text_ten_times(settings):
    order = stall().order()
    assert ten_at_once([{"id": "7f", "text": "OUI 47"}] * 10) == [200] * 10
    assert InboundText.objects.get().state == "handled"
    assert order.steps.filter(state="accepted").count() == 1
    assert Message.objects.filter(key__startswith="sms.inbound:").count() == 1


def test_ten_texts_of_one_phone_wait_for_each_other():
    shop = stall()
    product = shop.product(on_hand=50)  # None of the texts asks for what is there already.
    texts = [{"id": str(n), "text": f"STOCK 3 {n}"} for n in range(1, 11)]
    assert ten_at_once(texts) == [200] * 10
    assert InboundText.objects.filter(state="handled").count() == 10
    assert Message.objects.filter(key__startswith="sms.inbound:").count() == 10
    product.refresh_from_db()
    assert product.on_hand in range(1, 11)
    answers = Message.objects.filter(key__startswith="sms.inbound:").values_list("text", flat=True)
    # Each saw what the one before it had left.
    before = sorted(int(text.rsplit("avant ")[1].rstrip(").")) for text in answers)
    after = sorted(n for n in [50, *range(1, 11)])
    after.remove(product.on_hand)
    assert before == after


def test_two_first_texts_of_an_invited_number_open_one_shop():
    InvitationFactory(phone=ASKED["from"])
    assert ten_at_once([{"id": str(n), "text": "OUI"} for n in range(4)]) == [200] * 4
    assert Membership.objects.get().person.phone == ASKED["from"]
    assert Shop.objects.count() == 1
    assert InboundText.objects.filter(state="handled").count() == 4
