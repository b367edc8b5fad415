"""The national team runs a shop for a cooperative: from when, until when, and who may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taawon.accounts.models import StaffRole
from taawon.cooperatives.errors import NoShop
from taawon.cooperatives.services import behalf
from taawon.core.errors import NotAllowed, NotFound
from taawon.journal.models import Entry
from tests import trail
from tests.factories import CooperativeFactory, RegionFactory, ShopFactory, member, staff

pytestmark = pytest.mark.django_db


def test_beginning_and_ending_are_on_record():
    coop = ShopFactory().cooperative
    agent = staff(StaffRole.AGENT, staff_region=coop.region)

    acting = behalf.begin(coop.pk, by=agent)
    behalf.end(coop.pk, by=agent)

    assert acting == replace(agent, for_cooperative=coop.pk)
    subject = f"cooperatives.cooperative:{coop.pk}"
    assert trail.events() == [("acting-begun", subject), ("acting-ended", subject)]
    assert (
        list(Entry.objects.values_list("person_id", "channel", "for_cooperative"))
        == [(agent.person_id, "staff", coop.pk)] * 2
    )


def test_only_who_supervises_may():
    coop = ShopFactory().cooperative
    elsewhere = staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01"))
    for by in (elsewhere, staff(StaffRole.EDITOR)):
        with pytest.raises(NotAllowed):
            behalf.begin(coop.pk, by=by)
    with pytest.raises(NotFound):
        behalf.begin(coop.pk, by=member(coop))
    with pytest.raises(NotFound):
        behalf.end(coop.pk, by=member(coop))

    assert trail.events() == []


def test_there_must_be_a_shop():
    with pytest.raises(NoShop):
        behalf.begin(CooperativeFactory().pk, by=staff())
    with pytest.raises(NotFound):
        behalf.begin(987654321, by=staff())

    assert trail.events() == []
