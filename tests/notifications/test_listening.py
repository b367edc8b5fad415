from __future__ import annotations

import pytest
from django.db import transaction

from taawon.core.actor import Actor
from taawon.journal import listeners
from taawon.journal.deliver import deliver_pending
from taawon.journal.record import record
from taawon.messaging import sending
from taawon.notifications import compose
from taawon.orders.events import OrderPlaced
from tests.factories import MembershipFactory, OrderFactory


def test_each_is_told_apart_so_that_one_failure_holds_back_no_other():
    addresses = listeners.of(OrderPlaced.name)
    assert {"taawon.notifications.orders.thank_the_buyer"} < addresses.keys()
    assert {"taawon.notifications.orders.tell_the_members"} < addresses.keys()


@pytest.mark.django_db(transaction=True)
def test_from_an_event_to_the_phones_and_once_when_delivered_again(post_box, clock, monkeypatch):
    order = OrderFactory(phone="+212661234567")
    member = MembershipFactory(cooperative=order.cooperative).person
    event = OrderPlaced(
        order_id=order.pk, cooperative_id=order.cooperative_id, total_centimes=15500
    )
    real = compose.messaging.queue
    failed = []

    def fail_once(to: str, *words: str, **facts: str) -> object:
        if to == member.phone and not failed:
            failed.append(to)
            raise ConnectionError
        return real(to, *words, **facts)

    monkeypatch.setattr(compose.messaging, "queue", fail_once)
    with transaction.atomic():
        record(event, by=Actor.system())
    deliver_pending()
    sending.send_pending()
    assert (failed, [sent.to for sent in post_box]) == ([member.phone], ["+212661234567"])

    clock.forward(minutes=1)
    deliver_pending()
    sending.send_pending()
    assert [sent.to for sent in post_box] == ["+212661234567", member.phone]
