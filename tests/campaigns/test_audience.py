from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.campaigns import audience
from taawon.campaigns.audience import InLanguage
from taawon.conversations.models import Dialogue
from taawon.messaging import consent
from tests.campaigns.build import campaign, member
from tests.factories import (
    CooperativeFactory,
    PersonFactory,
    ProvinceFactory,
    RegionFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db


def names(**more) -> set[str]:
    return set(audience.people(campaign(**more)).values_list("name", flat=True))


def cooperative(region: str, sector: str):
    province = ProvinceFactory(code=f"P{region[-2:]}", region=RegionFactory(code=region))
    return CooperativeFactory(province=province, sector=SectorFactory(code=sector))


def test_by_region_sector_role_and_language():
    south, north = cooperative("MA-09", "argan"), cooperative("MA-01", "honey")
    member(cooperative=south, person__name="Amina", role="president")
    member(cooperative=south, person__name="Brahim", role="seller", person__language="ar")
    member(cooperative=north, person__name="Chafia", role="president")
    left = member(cooperative=north, person__name="Driss", ended_at=timezone.now())
    assert names() == {"Amina", "Brahim", "Chafia"}
    assert names(regions=["MA-09"]) == {"Amina", "Brahim"}
    assert names(sectors=["honey"]) == {"Chafia"}
    assert names(roles=["president"]) == {"Amina", "Chafia"}
    assert names(languages=["ar"]) == {"Brahim"}
    assert names(regions=["MA-09"], sectors=["honey"]) == set()
    assert names(who="customers") == {left.name}
    assert names(who="everybody") == {"Amina", "Brahim", "Chafia", left.name}


def test_who_speaks_for_two_cooperatives_is_one_person():
    first = member(person__name="Amina")
    member(person=first)
    assert audience.people(campaign()).count() == 1


def test_cooperatives_that_are_no_more_are_not_written_to():
    member(cooperative=CooperativeFactory(status="dissolved"))
    assert names() == set()


def test_the_national_team_are_no_customers():
    PersonFactory(name="Amina")
    PersonFactory(name="Nadia", staff_role="agent")
    assert names(who="customers") == {"Amina"}


def test_customers_by_their_own_region():
    PersonFactory(name="Amina", region=RegionFactory(code="MA-06"))
    PersonFactory(name="Brahim")
    assert names(who="customers", regions=["MA-06"]) == {"Amina"}


def test_by_last_login_or_last_text():
    now = timezone.now()
    member(person__name="Amina", person__last_login=now - timedelta(days=3))
    wrote = member(person__name="Brahim", person__last_login=now - timedelta(days=90))
    Dialogue.objects.create(phone=wrote.phone, heard_at=now - timedelta(days=5))
    member(person__name="Chafia")
    assert names(active_days=7) == {"Amina", "Brahim"}
    assert names(silent_days=7) == {"Chafia"}
    assert names(active_days=4) == {"Amina"}


def test_reach_counts_who_may_be_written_to(django_assert_num_queries):
    member()
    member(person__language="ar")
    member(person__language="en")
    member(agreed=False)
    stopped = member()
    consent.stop(stopped.phone)
    member(person__phone="+212528123456")
    wanted = campaign()
    with django_assert_num_queries(1):
        found = audience.reach(wanted)
    assert (found.people, found.allowed, found.most_segments) == (6, 3, 3)
    assert found.held == {"no-consent": 1, "stopped": 1, "landline": 1}
    assert found.by_language == (InLanguage("fr", 2, 1), InLanguage("ar", 1, 1))


def test_no_text_in_the_language_of_somebody():
    member(person__language="ar")
    wanted = campaign(texts={"fr": "Atelier."})
    assert audience.reach(wanted).held == {"no-text": 1}


def test_moroccan_numbers_are_told_apart_like_all_others():
    from taawon.core.phone import takes_texts  # noqa: PLC0415 - compared here alone

    for phone in ("+212612345678", "+212712345678", "+212528123456", "+33612345678"):
        assert audience._is_mobile(phone) == takes_texts(phone)
    assert Person.objects.count() == 0
