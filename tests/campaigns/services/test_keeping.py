from __future__ import annotations

import pytest

from taawon.campaigns import queries
from taawon.campaigns.models import Addressee
from taawon.campaigns.services import feeding, keeping, running
from taawon.messaging import sending
from taawon.messaging.models import Message
from tests.campaigns.build import by_day, campaign, member
from tests.factories import staff

pytestmark = pytest.mark.django_db


def test_figures_stay_when_texts_and_people_go(clock, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("taawon.messaging.services.nudge", lambda: None)
    by_day(clock)
    member()
    member(agreed=False)
    by = staff("editor")
    made = running.submit(campaign(by).pk, by=by)
    for _ in range(4):
        feeding.feed_all()
        sending.send_pending()
        clock.forward(seconds=2)
    made.refresh_from_db()
    before = queries.progress(made)
    assert keeping.keep_totals() == 0
    clock.forward(days=4)
    assert (keeping.keep_totals(), keeping.keep_totals()) == (1, 0)
    Message.objects.all().delete()
    made.refresh_from_db()
    with django_assert_num_queries(0):
        after = queries.progress(made)
    assert after == before
    assert (after.all.sent, after.held, Addressee.objects.count()) == (1, {"no-consent": 1}, 0)
