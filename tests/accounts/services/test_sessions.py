from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from taawon.accounts import tasks
from taawon.accounts.services import sessions


@pytest.mark.django_db
def test_what_has_ended_is_deleted(client, clock):
    client.post("/fr/login/", {"phone": "0661234567"})
    clock.forward(days=29, hours=23)
    assert sessions.prune() == 0
    clock.forward(hours=2)
    tasks.prune_sessions()
    assert Session.objects.count() == 0
