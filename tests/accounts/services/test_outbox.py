"""A failed message is tried again by an administrator."""

from __future__ import annotations

import pytest

from taawon.accounts.models import StaffRole
from taawon.accounts.services import outbox
from taawon.core.errors import NotAllowed, NotFound
from taawon.messaging import services as messaging
from taawon.messaging.models import Lane, Message
from tests import trail
from tests.factories import staff

pytestmark = pytest.mark.django_db


def _failed(**more):
    message = messaging.queue("+212661234567", "Salam", key="k", **more)
    Message.objects.filter(pk=message.pk).update(state="failed", tries=8)
    return message


def test_it_is_queued_again():
    message = _failed()

    outbox.retry(message.pk, by=staff())

    message.refresh_from_db()
    assert (message.state, message.tries, message.text) == ("queued", 0, "Salam")
    assert trail.events() == [("message-retried", f"messaging.message:{message.pk}")]


@pytest.mark.parametrize("role", [StaffRole.NONE, StaffRole.AGENT, StaffRole.EDITOR])
def test_only_by_an_administrator(role):
    message = _failed()

    with pytest.raises(NotAllowed):
        outbox.retry(message.pk, by=staff(role))

    message.refresh_from_db()
    assert (message.state, message.tries) == ("failed", 8)
    assert trail.events() == []


def test_what_has_not_failed_or_was_a_code_is_not_found():
    code = _failed(lane=Lane.CODE)
    waiting = messaging.queue("+212661234568", "Salam", key="w")
    for message_id in (code.pk, waiting.pk, 987654321):
        with pytest.raises(NotFound):
            outbox.retry(message_id, by=staff())

    code.refresh_from_db()
    assert code.state == "failed"
    assert trail.events() == []
