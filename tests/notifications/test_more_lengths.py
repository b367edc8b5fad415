"""Texts about codes, members, merges and searches, and the segments that they cost."""

from __future__ import annotations

import pytest

from taawon.cooperatives import events as claims
from taawon.cooperatives import register_events as register
from taawon.cooperatives.services.claims import begin_by_code
from taawon.core.actor import Actor, Channel
from taawon.messaging import sending
from taawon.messaging.gateways import memory
from taawon.messaging.models import Message
from taawon.messaging.rules import is_gsm, plain, segments
from taawon.notifications import claims as claim_listeners
from taawon.notifications import searches as search_listeners
from taawon.search import events as searches
from taawon.search.models import SavedSearch
from tests.factories import ClaimFactory, CooperativeFactory, MembershipFactory, PersonFactory
from tests.notifications.test_lengths import NAMES, language, the_text

pytestmark = pytest.mark.django_db
__all__ = ["language"]


def test_of_members_and_merges(language):
    (name_fr, _), (name_ar, _) = NAMES.values()
    cooperative = CooperativeFactory(name_fr=name_fr, name_ar=name_ar, slug="cooperative-tifaout")
    MembershipFactory(cooperative=cooperative, person__language=language)
    about = {"cooperative_id": cooperative.pk}
    claim = ClaimFactory(cooperative=cooperative)
    of_a_claim = {**about, "claim_id": claim.pk}
    [membership] = cooperative.memberships.all()
    replaced = {"membership_id": membership.pk, "person_id": membership.person_id, **about}
    costs = []
    for listener, event in (
        (claim_listeners.tell_that_somebody_else_asks, claims.DisputeBegun(**of_a_claim)),
        (claim_listeners.tell_that_it_is_settled, claims.DisputeSettled(**of_a_claim)),
        (
            claim_listeners.tell_who_was_replaced,
            claims.MemberReplaced(role="president", claim_id=claim.pk, **replaced),
        ),
        (
            claim_listeners.tell_that_two_entries_are_one,
            register.EntriesMerged(merge_id=1, gone_id=2, **about),
        ),
    ):
        Message.objects.all().delete()
        listener(event)
        text = the_text(language)
        assert plain(NAMES[language][0])[:8] in text
        costs.append(segments(text))
    assert costs == {"fr": [1, 1, 1, 1], "ar": [2, 2, 2, 2]}[language]


def test_of_a_saved_search(language):
    saved = SavedSearch.objects.create(
        person=PersonFactory(language=language),
        kind="product",
        address="q=huile",
        title=f"{NAMES[language][1]}, Souss-Massa, {NAMES[language][0]}",
    )
    search_listeners.tell_of_what_is_new(
        searches.SomethingNewFits(saved_id=saved.pk, count=12, day="2026-11-25")
    )
    text = the_text(language)
    assert f"https://taawon.ma/{language}/" in text
    assert segments(text) == {"fr": 1, "ar": 2}[language]


@pytest.mark.parametrize("times", [1, 4])
def test_of_the_code_of_a_claim(language, times):
    """It says whose code it is, however long the name."""
    (name_fr, _), (name_ar, _) = NAMES.values()
    cooperative = CooperativeFactory(
        name_fr=f"{name_fr} " * times,
        name_ar=f"{name_ar} " * times,
        phone_on_record="+212612345678",
    )
    by = Actor(PersonFactory(language=language).pk, Channel.WEB)
    begin_by_code(cooperative.pk, role="president", language=language, by=by)
    sending.send_pending()
    text = memory.sent[-1].text
    assert is_gsm(text) is (language == "fr")
    assert plain(NAMES[language][0])[:16] in text
    assert Message.objects.get().segments == segments(text) == {"fr": 1, "ar": 2}[language]
