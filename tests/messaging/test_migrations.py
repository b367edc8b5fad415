from __future__ import annotations

import pytest
from django.utils import timezone

from taawon.messaging.models import Message, Recipient
from tests.upgrades import back_at


@pytest.mark.django_db(transaction=True)
def test_proofs_stay_and_failures_get_a_day():
    with back_at("messaging", "0003_lines_and_parts") as then:
        recipients = then.get_model("messaging", "Recipient").objects
        recipients.create(phone="+212600000001", agreed_at=timezone.now(), agreed_by="sms")
        recipients.create(phone="+212600000002", failures=2)
        recipients.create(phone="+212600000003")
        then.get_model("messaging", "Message").objects.create(to="+212600000001", text="x", key="a")
    kept = [
        (row.to, row.failures, row.failed_at is None) for row in Recipient.objects.order_by("to")
    ]
    assert kept == [("+212600000001", 0, True), ("+212600000002", 2, False)]
    assert Message.objects.get().text == "x"
