"""Two who ask, and presidents who follow one another."""

from __future__ import annotations

from typing import Any

import pytest

from taawon.cooperatives import queries, rules
from taawon.cooperatives.errors import (
    AlreadyDecided,
    InDispute,
)
from taawon.cooperatives.models import Claim, Cooperative, Membership
from taawon.cooperatives.services import claims, members, shop
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.journal.deliver import deliver_pending
from taawon.messaging.models import Message
from tests import trail
from tests.cooperatives.claiming import ON_RECORD, begin, by_papers, let_in, state_of, the_code
from tests.factories import (
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    ShopFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Cooperative:
    return CooperativeFactory(phone_on_record=ON_RECORD)


@pytest.mark.parametrize("way", ["papers", "code"])
def test_a_second_person_freezes_who_came_by_a_code_alone(entry: Cooperative, way: str) -> None:
    first = let_in(entry)
    second = actor(PersonFactory())
    assert rules.may_manage(first, entry.pk)

    if way == "papers":
        claim = by_papers(entry, second)
    else:
        claim = begin(entry, second)
        assert rules.may_manage(first, entry.pk)
        claims.prove(claim.pk, the_code(), by=second)

    assert state_of(claim) == "pending"
    assert rules.standing(first, entry.pk) is rules.standing(second, entry.pk) is None
    with pytest.raises(InDispute):
        shop.update_about(entry.pk, about={"fr": "Nous"}, by=first)
    with pytest.raises(InDispute):
        queries.for_workspace(entry.pk, by=first)
    with pytest.raises(NotFound):
        shop.update_about(entry.pk, about={"fr": "Nous"}, by=second)
    [mine] = queries.shops_of(first.person_id or 0)
    assert mine.in_dispute is True
    assert "dispute-begun" in trail.names()
    entry.refresh_from_db()
    assert (entry.about_fr or "", entry.disputed_since is not None) == ("", True)


def test_the_role_costs_one_query_in_a_dispute_too(
    entry: Cooperative, django_assert_num_queries: Any
) -> None:
    first = let_in(entry)
    with django_assert_num_queries(1):
        assert rules.standing(first, entry.pk) is Role.PRESIDENT
    by_papers(entry, actor(PersonFactory()))
    with django_assert_num_queries(1):
        assert rules.standing(first, entry.pk) is None


@pytest.mark.parametrize("how", ["by papers", "confirmed"])
def test_no_stranger_freezes_who_is_known(entry: Cooperative, how: str) -> None:
    if how == "by papers":
        first = actor(PersonFactory())
        claims.approve(by_papers(entry, first).pk, by=staff())
    else:
        first = let_in(entry)
        members.confirm(Membership.objects.get().pk, by=staff())
        assert trail.names()[-1] == "member-confirmed"

    by_papers(entry, actor(PersonFactory()))
    second = actor(PersonFactory())
    claims.prove(begin(entry, second).pk, the_code(), by=second)

    assert rules.may_manage(first, entry.pk)
    assert "dispute-begun" not in trail.names()
    assert sorted(Claim.objects.filter(state="pending").values_list("proof", flat=True)) == [
        "code",
        "papers",
    ]


def test_who_was_brought_in_by_a_code_alone_is_no_better_known(entry: Cooperative) -> None:
    first = let_in(entry)
    brought = members.invite(entry.pk, "0655000000", "Rahma", "seller", by=first)
    assert brought.confirmed is False
    known = MembershipFactory(cooperative=CooperativeFactory())
    other = members.invite(
        known.cooperative_id, "0655000001", "Rahma", "seller", by=actor(known.person)
    )
    assert other.confirmed is True


def test_deciding_for_the_second_ends_the_first_and_refuses_the_third(
    entry: Cooperative,
) -> None:
    first, registrar = let_in(entry), staff()
    second = by_papers(entry, actor(PersonFactory()))
    third = by_papers(entry, actor(PersonFactory(language="ar")), role=Role.SELLER)

    claims.approve(second.pk, by=registrar)

    assert (state_of(second), state_of(third)) == ("approved", "refused")
    assert third.reason != ""
    now = Membership.objects.get(ended_at__isnull=True)
    assert (now.person_id, now.confirmed) == (second.person_id, True)
    assert rules.standing(first, entry.pk) is None
    entry.refresh_from_db()
    assert entry.disputed_since is None
    assert trail.names()[-5:] == [
        "claim-approved",
        "member-joined",
        "member-replaced",
        "claim-refused",
        "dispute-settled",
    ]
    former = Membership.objects.get(ended_at__isnull=False)
    deliver_pending()
    key = f"cooperatives.membership:{former.pk}:member-replaced"
    assert Message.objects.get(key=key).to == former.person.phone


def test_who_wins_a_dispute_is_told_once(entry: Cooperative) -> None:
    first, winner = let_in(entry), PersonFactory()
    second = by_papers(entry, actor(winner))
    deliver_pending()

    claims.approve(second.pk, by=staff())

    deliver_pending()
    told = Message.objects.filter(to=winner.phone).values_list("key", flat=True)
    assert list(told) == [f"cooperatives.claim:{second.pk}:claim-approved:claimant"]
    former = Membership.objects.get(person=first.person_id)
    told = Message.objects.filter(to=former.person.phone).exclude(key__contains="code")
    assert sorted(told.values_list("key", flat=True)) == [
        f"cooperatives.claim:{Claim.objects.get(proof='code').pk}:claim-approved:claimant",
        f"cooperatives.claim:{second.pk}:dispute-begun:{first.person_id}",
        f"cooperatives.membership:{former.pk}:member-replaced",
    ]


def test_who_was_right_all_along_is_told_once(entry: Cooperative) -> None:
    first = let_in(entry)
    second = by_papers(entry, actor(PersonFactory()))

    claims.refuse(second.pk, "Papier illisible.", by=staff())

    deliver_pending()
    key = f"cooperatives.cooperative:{entry.pk}:dispute-settled:{second.pk}:{first.person_id}"
    assert Message.objects.filter(key=key).count() == 1


def test_refusing_the_second_confirms_the_first(entry: Cooperative) -> None:
    first, registrar = let_in(entry), staff()
    second, third = (by_papers(entry, actor(PersonFactory())) for _ in range(2))

    claims.refuse(second.pk, "Papier illisible.", by=registrar)
    assert rules.standing(first, entry.pk) is None
    claims.refuse(third.pk, "Papier illisible.", by=registrar)

    assert rules.standing(first, entry.pk) is Role.PRESIDENT
    assert Membership.objects.get().confirmed is True
    by_papers(entry, actor(PersonFactory()))
    assert rules.standing(first, entry.pk) is Role.PRESIDENT


def test_a_withdrawal_ends_the_dispute_and_confirms_nobody(entry: Cooperative) -> None:
    first, second = let_in(entry), actor(PersonFactory())
    claim = by_papers(entry, second)

    claims.withdraw(claim.pk, by=second)

    assert rules.standing(first, entry.pk) is Role.PRESIDENT
    assert Membership.objects.get().confirmed is False
    assert trail.names()[-2:] == ["claim-withdrawn", "dispute-settled"]


def test_who_proves_the_phone_while_somebody_asks_waits(entry: Cooperative) -> None:
    waiting = by_papers(entry, actor(PersonFactory()))
    second = actor(PersonFactory())

    proved = claims.prove(begin(entry, second).pk, the_code(), by=second)

    assert (state_of(proved), state_of(waiting)) == ("pending", "pending")
    assert not Membership.objects.exists()
    claims.approve(proved.pk, by=staff())
    assert state_of(waiting) == "refused"
    assert Membership.objects.get().confirmed is True


def test_the_team_acts_on_its_behalf_during_a_dispute(entry: Cooperative) -> None:
    let_in(entry)
    by_papers(entry, actor(PersonFactory()))
    agent = staff()
    acting = Actor(agent.person_id, agent.channel, for_cooperative=entry.pk)
    assert rules.standing(acting, entry.pk) is Role.PRESIDENT


def test_a_new_president_takes_the_place_of_the_one_before() -> None:
    coop = ShopFactory().cooperative
    former = MembershipFactory(cooperative=coop)
    seller = MembershipFactory(cooperative=coop, role=Role.SELLER)
    claim = by_papers(coop, actor(PersonFactory()), succession=True)
    assert rules.may_preside(actor(former.person), coop.pk)

    claims.approve(claim.pk, by=staff())

    assert rules.standing(actor(former.person), coop.pk) is None
    assert rules.standing(actor(seller.person), coop.pk) is Role.SELLER
    assert rules.may_preside(actor(claim.person), coop.pk)
    with pytest.raises(NotFound):
        shop.update_about(coop.pk, about={"fr": "Nous"}, by=actor(former.person))
    assert trail.names() == ["claim-made", "claim-approved", "member-joined", "member-replaced"]
    former.refresh_from_db()
    assert former.ended_at is not None
    deliver_pending()
    [told] = Message.objects.filter(to=former.person.phone)
    assert told.key == f"cooperatives.membership:{former.pk}:member-replaced"


def test_an_election_without_a_president_is_none() -> None:
    with pytest.raises(Invalid):
        by_papers(CooperativeFactory(), actor(PersonFactory()), role="seller", succession=True)


def test_who_may_confirm(entry: Cooperative) -> None:
    let_in(entry)
    membership = Membership.objects.get()
    for by, refusal in (
        (actor(PersonFactory()), NotFound),
        (actor(membership.person), NotFound),
        (staff("editor"), NotAllowed),
    ):
        with pytest.raises(refusal):
            members.confirm(membership.pk, by=by)
    members.confirm(membership.pk, by=staff())
    with pytest.raises(AlreadyDecided):
        members.confirm(membership.pk, by=staff())
