"""A code to the phone on record."""

from __future__ import annotations

from typing import Any

import pytest

from taawon.accounts.errors import CodeExpired, WrongCode
from taawon.cooperatives.errors import (
    AlreadyClaimed,
    AlreadyMember,
    CannotSell,
    NoPhoneOnRecord,
    NothingToProve,
    TooManyClaims,
)
from taawon.cooperatives.models import Claim, Cooperative, Membership, Shop
from taawon.cooperatives.services import claims
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.messaging.models import Message
from tests import trail
from tests.cooperatives.claiming import ON_RECORD, begin, state_of, the_code
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Cooperative:
    return CooperativeFactory(phone_on_record=ON_RECORD)


def test_the_code_goes_to_the_phone_on_record_and_lets_in(entry: Cooperative) -> None:
    by = actor(PersonFactory())

    begun = begin(entry, by, Role.MANAGER)
    assert (begun.state, begun.proof, begun.proved_at) == ("proving", "code", None)
    assert [message.to for message in Message.objects.all()] == [ON_RECORD]
    assert not Membership.objects.exists()

    proved = claims.prove(begun.pk, the_code(), by=by)

    assert (proved.state, proved.proved_at is not None) == ("approved", True)
    member = Membership.objects.get()
    assert (member.role, member.confirmed, member.person_id) == ("manager", False, by.person_id)
    assert Shop.objects.get().state == "open"
    assert trail.names() == [
        "claim-begun",
        "claim-proved",
        "claim-approved",
        "member-joined",
        "shop-opened",
    ]
    assert ON_RECORD not in str(trail.facts())


def test_asking_again_sends_another_code_for_the_same_claim(entry: Cooperative) -> None:
    by = actor(PersonFactory())
    first = begin(entry, by)
    old = the_code()
    again = begin(entry, by)
    assert first.pk == again.pk
    assert Message.objects.filter(to=ON_RECORD).count() == 2
    if old != the_code():
        with pytest.raises(WrongCode):
            claims.prove(first.pk, old, by=by)
    claims.prove(first.pk, the_code(), by=by)


def test_a_wrong_code_counts_and_changes_nothing(entry: Cooperative) -> None:
    by = actor(PersonFactory())
    begun = begin(entry, by)
    wrong = f"{(int(the_code()) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as refusal:
            claims.prove(begun.pk, wrong, by=by)
        assert refusal.value.facts["left"] == left
    with pytest.raises(CodeExpired):
        claims.prove(begun.pk, the_code(), by=by)
    assert state_of(begun) == "proving"
    assert not Membership.objects.exists()


def test_a_code_is_bound_to_its_claim_and_its_person(entry: Cooperative) -> None:
    twin = CooperativeFactory(phone_on_record=ON_RECORD)
    by = actor(PersonFactory())
    one, other = begin(entry, by), begin(twin, by)
    with pytest.raises(CodeExpired):
        claims.prove(one.pk, the_code(), by=by)
    for stranger in (actor(), actor(PersonFactory()), staff()):
        with pytest.raises(NotFound):
            claims.prove(other.pk, the_code(), by=stranger)
    claims.prove(other.pk, the_code(), by=by)
    with pytest.raises(NothingToProve):
        claims.prove(other.pk, the_code(), by=by)


@pytest.mark.parametrize("phone", ["", "+212528123456"])
def test_without_a_mobile_on_record_there_is_no_code(phone: str) -> None:
    entry = CooperativeFactory(phone_on_record=phone)
    with pytest.raises(NoPhoneOnRecord):
        begin(entry, actor(PersonFactory()))
    assert (Claim.objects.count(), Message.objects.count()) == (0, 0)


def test_who_may_not_begin(entry: Cooperative) -> None:
    member = MembershipFactory(cooperative=entry)
    asks = ClaimFactory(cooperative=entry)
    busy = PersonFactory()
    for _ in range(claims.MOST_WAITING):
        ClaimFactory(person=busy)
    dissolved = CooperativeFactory(status="dissolved", phone_on_record=ON_RECORD)
    for where, by, role, refusal in (
        (entry, actor(), "president", NotAllowed),
        (entry, actor(PersonFactory()), "seller", Invalid),
        (entry, actor(member.person), "president", AlreadyMember),
        (entry, actor(asks.person), "president", AlreadyClaimed),
        (entry, actor(busy), "president", TooManyClaims),
        (dissolved, actor(PersonFactory()), "president", CannotSell),
    ):
        with pytest.raises(refusal):
            begin(where, by, role)
    assert Message.objects.count() == 0


def test_what_nobody_proves_is_forgotten_after_a_day(entry: Cooperative, clock: Any) -> None:
    begun = begin(entry, actor(PersonFactory()))
    assert claims.forget_unproved(by=Actor.system()) == 0
    clock.forward(hours=25)
    assert claims.forget_unproved(by=Actor.system()) == 1
    assert state_of(begun) == "withdrawn"
