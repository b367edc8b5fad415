"""What an approval is worth once others speak for the cooperative."""

from __future__ import annotations

from typing import Any

import pytest

from taawon.cooperatives import outcomes, queries, supervision
from taawon.cooperatives.models import Claim, Cooperative, Membership
from taawon.cooperatives.services import claims, members
from taawon.cooperatives.states import ClaimState, Ending, Outcome
from taawon.core.actor import Actor
from tests.cooperatives.claiming import ON_RECORD, by_papers, let_in
from tests.factories import ClaimFactory, CooperativeFactory, PersonFactory, actor, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Cooperative:
    return CooperativeFactory(phone_on_record=ON_RECORD)


def mine(by: Actor) -> Claim:
    """As its person reads it."""
    [claim] = queries.claims_of(by.person_id or 0)
    return queries.claim(claim.pk, by=by)


def approved(entry: Cooperative, **more: Any) -> Actor:
    by = actor(PersonFactory())
    claims.approve(by_papers(entry, by, **more).pk, by=staff())
    return by


def listed(state: str) -> list[int]:
    return sorted(supervision.claims(state).values_list("pk", flat=True))


def test_who_lost_a_dispute_no_longer_speaks_for_it(entry: Cooperative) -> None:
    first, second = let_in(entry), actor(PersonFactory())
    assert outcomes.of(mine(first)) == Outcome.APPROVED
    asked = by_papers(entry, second)
    assert (outcomes.of(mine(first)), outcomes.of(mine(second))) == ("locked", "pending")

    claims.approve(asked.pk, by=staff())

    lost, won = mine(first), mine(second)
    assert (outcomes.of(lost), outcomes.of(won)) == ("ended", "approved")
    assert (lost.state, won.state) == ("approved", "approved")
    ended = Membership.objects.get(ended_at__isnull=False).ended_at
    assert outcomes.end(lost) == outcomes.End(Ending.DISPUTE, ended)
    assert listed(ClaimState.APPROVED) == [won.pk]
    assert listed(Outcome.ENDED) == [lost.pk]


def test_the_president_before(entry: Cooperative) -> None:
    former = approved(entry)
    approved(entry, succession=True)
    assert outcomes.of(mine(former)) == Outcome.ENDED
    assert outcomes.end(mine(former)).why == Ending.SUCCESSION


@pytest.mark.parametrize("how", [Ending.LEFT, Ending.REMOVED, Ending.TEAM, Ending.UNKNOWN])
def test_why_a_membership_ended(entry: Cooperative, how: Ending) -> None:
    stays, goes = approved(entry), approved(entry, role="manager")
    membership = Membership.objects.get(person=goes.person_id)
    agent = staff()
    acting = Actor(agent.person_id, agent.channel, for_cooperative=entry.pk)
    by = {Ending.LEFT: goes, Ending.REMOVED: stays, Ending.TEAM: acting}
    if how in by:
        members.remove(membership.pk, by=by[how])
    else:
        Membership.objects.filter(pk=membership.pk).update(ended_at=membership.since)
    assert outcomes.of(mine(goes)) == Outcome.ENDED
    assert outcomes.end(mine(goes)).why == how
    assert outcomes.of(mine(stays)) == Outcome.APPROVED


def test_who_was_let_in_again_speaks_by_every_approval(entry: Cooperative) -> None:
    first = approved(entry)
    approved(entry)
    members.remove(Membership.objects.get(person=first.person_id).pk, by=first)
    claims.approve(by_papers(entry, first).pk, by=staff())
    both = queries.claims_of(first.person_id or 0)
    assert [outcomes.of(one) for one in both] == ["approved", "approved"]


def test_an_approval_of_nobody_has_ended() -> None:
    claim = ClaimFactory(state=ClaimState.APPROVED)
    assert outcomes.end(claim) == outcomes.End(Ending.UNKNOWN)


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_of_lists(count: int, django_assert_num_queries: Any) -> None:
    person = PersonFactory()
    for _ in range(count):
        ClaimFactory(person=person, state=ClaimState.APPROVED)
    with django_assert_num_queries(1):
        assert [outcomes.of(one) for one in queries.claims_of(person.pk)] == ["ended"] * count
    with django_assert_num_queries(1):
        found = supervision.with_papers(supervision.claims(Outcome.ENDED))
        assert [(outcomes.of(one), one.paper_count) for one in found] == [("ended", 0)] * count


def test_disputes_come_first(entry: Cooperative) -> None:
    older = ClaimFactory()
    let_in(entry)
    newer = by_papers(entry, actor(PersonFactory()))
    last = ClaimFactory()
    assert list(supervision.claims(ClaimState.PENDING)) == [newer, older, last]
    assert list(queries.claims_waiting(by=staff())) == [newer, older, last]
