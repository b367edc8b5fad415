from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from taawon.accounts.models import StaffRole
from taawon.cooperatives import rules
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    RegionFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "sells", "manages", "presides"),
    [
        (Role.PRESIDENT, True, True, True),
        (Role.MANAGER, True, True, False),
        (Role.SELLER, True, False, False),
    ],
)
def test_what_each_role_may_do(role: Role, sells: bool, manages: bool, presides: bool) -> None:
    cooperative = CooperativeFactory()
    by = member(cooperative, role)

    assert rules.role_of(by, cooperative.pk) == role
    assert rules.may_sell(by, cooperative) is sells
    assert rules.may_manage(by, cooperative.pk) is manages
    assert rules.may_preside(by, cooperative) is presides


def test_strangers_guests_and_former_members_may_nothing() -> None:
    cooperative = CooperativeFactory()
    former = MembershipFactory(cooperative=cooperative, ended_at=timezone.now()).person
    closed = MembershipFactory(cooperative=cooperative, person__is_active=False).person
    elsewhere = MembershipFactory().person
    for by in (actor(), actor(former), actor(closed), actor(elsewhere), Actor.system()):
        assert rules.standing(by, cooperative) is None
        with pytest.raises(NotFound):
            rules.insist_on_managing(by, cooperative)


def test_a_seller_knows_of_the_shop_and_may_not_manage_it() -> None:
    cooperative = CooperativeFactory()
    with pytest.raises(NotAllowed):
        rules.insist_on_managing(member(cooperative, Role.SELLER), cooperative)


@pytest.mark.parametrize(
    ("role", "region", "allowed"),
    [
        (StaffRole.ADMINISTRATOR, None, True),
        (StaffRole.AGENT, None, True),
        (StaffRole.AGENT, "MA-09", True),
        (StaffRole.AGENT, "MA-01", False),
        (StaffRole.EDITOR, None, False),
        (StaffRole.NONE, None, False),
    ],
)
def test_who_of_the_team_runs_a_shop_on_behalf(
    role: str, region: str | None, allowed: bool
) -> None:
    cooperative = CooperativeFactory()  # in MA-09
    person = PersonFactory(
        staff_role=role, staff_region=RegionFactory(code=region) if region else None
    )
    on_behalf = actor(person, for_cooperative=cooperative.pk)

    assert rules.may_sell(on_behalf, cooperative) is allowed
    assert rules.may_preside(on_behalf, cooperative.pk) is allowed
    assert rules.may_sell(actor(person), cooperative) is False
    assert rules.may_supervise(actor(person), cooperative) is allowed
    assert rules.may_supervise_region(actor(person), "MA-09") is allowed


def test_on_behalf_of_one_is_not_on_behalf_of_another() -> None:
    cooperative, other = CooperativeFactory(), CooperativeFactory()
    person = PersonFactory(staff_role=StaffRole.ADMINISTRATOR)
    MembershipFactory(cooperative=other, person=person)

    by = actor(person, for_cooperative=cooperative.pk)

    assert rules.may_sell(by, cooperative) is True
    assert rules.may_sell(by, other) is False


def test_nobody_decides_on_their_own_claim() -> None:
    claim = ClaimFactory(person__staff_role=StaffRole.ADMINISTRATOR)

    assert rules.may_decide_claims(actor(claim.person), claim) is False
    assert rules.may_decide_claims(staff(), claim) is True
    assert rules.may_decide_claims(staff(StaffRole.EDITOR), claim) is False
    assert rules.may_read_paper(actor(claim.person), claim) is True
    assert rules.may_read_paper(actor(PersonFactory()), claim) is False
    assert rules.may_read_paper(actor(), claim) is False


@pytest.mark.parametrize(
    ("number", "expires_on", "exemption", "allowed"),
    [
        ("", None, "", False),
        ("ES.12.34", date(2026, 5, 2), "", True),
        ("ES.12.34", date(2026, 5, 1), "", False),
        ("", date(2026, 5, 2), "", False),
        ("", None, "Sold raw, as picked.", True),
        ("ES.12.34", date(2026, 5, 1), "Sold raw, as picked.", True),
    ],
)
def test_who_may_process_food(
    number: str, expires_on: date | None, exemption: str, allowed: bool
) -> None:
    cooperative = CooperativeFactory(
        food_authorisation=number,
        food_authorisation_expires_on=expires_on,
        food_exemption=exemption,
    )
    assert rules.may_process_food(cooperative, today=date(2026, 5, 2)) is allowed
