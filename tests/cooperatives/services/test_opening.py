"""A number is invited, says yes or no, or is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taawon.accounts.errors import AccountClosed
from taawon.accounts.models import Person, StaffRole
from taawon.cooperatives.errors import (
    AlreadyInvited,
    AlreadyMember,
    CannotSell,
    InvitationOver,
    OwnNumber,
    ToldOften,
    WantsNoTexts,
)
from taawon.cooperatives.models import Cooperative, Invitation, Membership, Shop
from taawon.cooperatives.services import opening
from taawon.cooperatives.states import (
    NEXT_INVITATION,
    CooperativeStatus,
    InvitationState,
)
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound, TooMany
from taawon.core.phone import InvalidPhone, NoTexts
from taawon.core.written import TooLong
from taawon.journal.models import Entry
from taawon.messaging import consent
from tests import trail
from tests.cooperatives.build import PHONE, UNKNOWN, invite, state
from tests.factories import (
    CooperativeFactory,
    InvitationFactory,
    MembershipFactory,
    PersonFactory,
    RegionFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


def test_invite_makes_nobody_a_member(clock) -> None:
    cooperative = CooperativeFactory()
    agent = staff(StaffRole.AGENT, staff_region=cooperative.region)

    invitation = invite(
        cooperative, agent, name=" Rahma\x00  Tiwi ", checked=" Papiers vus à la délégation "
    )

    invitation.refresh_from_db()
    assert (invitation.phone, invitation.name, invitation.role, invitation.language) == (
        PHONE,
        "Rahma Tiwi",
        "president",
        "ar",
    )
    assert (invitation.checked, invitation.state) == ("Papiers vus à la délégation", "waiting")
    assert invitation.expires_at == clock.now() + timedelta(days=30)
    assert (Membership.objects.count(), Shop.objects.count()) == (0, 0)
    assert Person.objects.filter(phone=PHONE).exists() is False
    [entry] = Entry.objects.all()
    assert (entry.name, entry.subject, entry.channel, entry.person_id) == (
        "invitation-made",
        f"cooperatives.cooperative:{cooperative.pk}",
        "staff",
        agent.person_id,
    )
    assert entry.facts == {
        "cooperative_id": cooperative.pk,
        "invitation_id": invitation.pk,
        "times": 1,
    }


@pytest.mark.parametrize(
    ("wrong", "refusal", "field"),
    [
        ({"phone": "12"}, InvalidPhone, "phone"),
        ({"phone": "0522 34 56 78"}, NoTexts, "phone"),
        ({"name": " \u200f "}, Missing, "name"),
        ({"name": "x" * 121}, TooLong, "name"),
        ({"role": "seller"}, Invalid, "role"),
        ({"role": "king"}, Invalid, "role"),
        ({"language": "de"}, Invalid, "language"),
        ({"checked": " "}, Missing, "checked"),
        ({"checked": "x" * 301}, TooLong, "checked"),
    ],
)
def test_invite_refuses_what_it_cannot_read(
    wrong: dict[str, Any], refusal: type[Invalid], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        invite(CooperativeFactory(), staff(), **wrong)
    assert refused.value.field == field
    assert (Invitation.objects.count(), trail.events()) == (0, [])


def test_only_who_looks_after_the_region_invites() -> None:
    cooperative = CooperativeFactory()
    for by, refusal in (
        (actor(), NotFound),
        (member(cooperative), NotFound),
        (staff(StaffRole.EDITOR), NotAllowed),
        (staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01")), NotAllowed),
    ):
        with pytest.raises(refusal):
            invite(cooperative, by)
    with pytest.raises(NotFound):
        invite(Cooperative(pk=0), staff())
    assert (Invitation.objects.count(), trail.events()) == (0, [])


def test_invite_refuses_who_cannot_open_it() -> None:
    agent = staff(phone="+212655111111")
    one = MembershipFactory()
    closed = PersonFactory(is_active=False)
    consent.stop("+212655222222", everything=True)
    for cooperative, phone, refusal in (
        (CooperativeFactory(status=CooperativeStatus.DISSOLVED), PHONE, CannotSell),
        (one.cooperative, one.person.phone, AlreadyMember),
        (CooperativeFactory(), "0655111111", OwnNumber),
        (CooperativeFactory(), closed.phone, AccountClosed),
        (CooperativeFactory(), "0655222222", WantsNoTexts),
    ):
        with pytest.raises(refusal):
            invite(cooperative, agent, phone=phone)
    assert (Invitation.objects.count(), trail.events()) == (0, [])


def test_one_invitation_waits_for_each_number_and_cooperative() -> None:
    cooperative, agent = CooperativeFactory(), staff()
    invite(cooperative, agent)
    with pytest.raises(AlreadyInvited):
        invite(cooperative, agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(cooperative=cooperative, phone=PHONE)

    invite(cooperative, agent, phone="0655000001", role="manager")
    invite(CooperativeFactory(), agent)

    assert Invitation.objects.count() == 3
    assert trail.names() == ["invitation-made"] * 3


def test_who_was_invited_long_ago_may_be_invited_again() -> None:
    old = InvitationFactory(phone=PHONE, expires_at=Entry().happened_at)
    old.expires_at -= timedelta(seconds=1)
    old.save()

    new = invite(old.cooperative, staff())

    assert (state(old), old.phone, state(new)) == ("expired", "", "waiting")
    assert trail.names() == ["invitation-expired", "invitation-made"]


def test_withdrawn_it_cannot_be_answered() -> None:
    invitation, agent = InvitationFactory(phone=PHONE), staff()
    opening.withdraw(invitation.pk, by=agent)

    assert state(invitation) == "withdrawn"
    with pytest.raises(InvitationOver):
        opening.confirm(invitation.pk, PHONE, by=UNKNOWN)
    with pytest.raises(InvitationOver):
        opening.withdraw(invitation.pk, by=agent)
    with pytest.raises(InvitationOver):
        opening.send_again(invitation.pk, by=agent)
    assert (trail.names(), Membership.objects.count()) == (["invitation-withdrawn"], 0)


def test_sent_again_once_an_hour_and_five_times_in_all(clock) -> None:
    invitation, agent = invite(CooperativeFactory(), staff()), staff()
    with pytest.raises(TooMany) as refused:
        opening.send_again(invitation.pk, by=agent)
    assert refused.value.facts == {"wait_seconds": 3600, "wait_minutes": 61}
    for _ in range(4):
        clock.forward(hours=1)
        opening.send_again(invitation.pk, by=agent)
    clock.forward(hours=1)
    with pytest.raises(ToldOften):
        opening.send_again(invitation.pk, by=agent)

    invitation.refresh_from_db()
    assert invitation.times_told == 5
    assert trail.names() == ["invitation-made", *["invitation-repeated"] * 4]
    assert [facts["times"] for facts in trail.facts()] == [1, 2, 3, 4, 5]


def test_not_again_after_a_stop_and_not_when_it_is_over(clock) -> None:
    invitation, agent = invite(CooperativeFactory(), staff()), staff()
    clock.forward(hours=2)
    consent.stop(PHONE, everything=True)
    with pytest.raises(WantsNoTexts):
        opening.send_again(invitation.pk, by=agent)
    clock.forward(days=30)
    with pytest.raises(InvitationOver):
        opening.send_again(invitation.pk, by=agent)
    assert trail.names() == ["invitation-made"]


@pytest.mark.parametrize("act", [opening.withdraw, opening.send_again])
def test_only_who_looks_after_the_region_acts(act: Callable[..., Invitation]) -> None:
    invitation = InvitationFactory()
    for by, refusal in (
        (actor(), NotFound),
        (member(invitation.cooperative), NotFound),
        (staff(StaffRole.EDITOR), NotAllowed),
        (staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01")), NotAllowed),
    ):
        with pytest.raises(refusal):
            act(invitation.pk, by=by)
    with pytest.raises(NotFound):
        act(0, by=staff())
    invitation.refresh_from_db()
    assert (invitation.state, invitation.times_told, trail.events()) == ("waiting", 1, [])


def test_the_life_of_an_invitation_is_a_table() -> None:
    settled = set(InvitationState) - {InvitationState.WAITING}
    assert {
        InvitationState.WAITING: settled,
        **{state: frozenset() for state in settled},
    } == NEXT_INVITATION


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"role": "seller"}, {"phone": ""}])
def test_the_database_keeps_what_cannot_be_out(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(**wrong)
