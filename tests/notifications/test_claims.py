from __future__ import annotations

import pytest

from taawon.cooperatives import events
from taawon.cooperatives.models import Claim
from taawon.messaging.models import Message
from taawon.notifications import claims as listeners
from tests.factories import CooperativeFactory, PersonFactory


@pytest.fixture
def claim(settings, db) -> Claim:
    settings.SITE_URL = "https://taawon.example"
    return Claim.objects.create(
        cooperative=CooperativeFactory(name_fr="Tifaout", name_ar="تيفاوت", slug="tifaout"),
        person=PersonFactory(language="en"),
        reason="The paper is not readable.",
    )


@pytest.mark.parametrize(
    ("listener", "event", "words"),
    [
        (
            listeners.tell_that_it_is_approved,
            events.ClaimApproved,
            "Welcome! You may now sell for Tifaout: https://taawon.example/en/seller/",
        ),
        (
            listeners.tell_that_it_is_refused,
            events.ClaimRefused,
            "Your request for Tifaout is refused: The paper is not readable."
            " https://taawon.example/en/cooperatives/tifaout-{cooperative}/",
        ),
    ],
)
def test_the_claimant_hears_of_the_decision_once(listener, event, words, claim):
    for _ in range(2):
        listener(
            event(claim_id=claim.pk, cooperative_id=claim.cooperative_id, person_id=claim.person_id)
        )
    [message] = Message.objects.all()
    assert (message.key, message.to, message.text) == (
        f"cooperatives.claim:{claim.pk}:{event.name}:claimant",
        claim.person.phone,
        words.format(cooperative=claim.cooperative_id),
    )
