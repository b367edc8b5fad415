from __future__ import annotations

import pytest
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.cooperatives import rules
from taawon.cooperatives.errors import AlreadyMember, LastPresident
from taawon.cooperatives.models import Membership
from taawon.cooperatives.services import members
from taawon.cooperatives.states import Role
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.phone import InvalidPhone, NoTexts
from tests import trail
from tests.factories import (
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    ShopFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


def test_invite_makes_a_person_of_an_unknown_number() -> None:
    cooperative = CooperativeFactory()
    by = member(cooperative)

    membership = members.invite(cooperative.pk, "06 12 34 56 78", " Aïcha ", "seller", by=by)

    assert (membership.person.phone, membership.person.name) == ("+212612345678", "Aïcha")
    assert rules.role_of(actor(membership.person), cooperative.pk) == Role.SELLER
    assert trail.events() == [("member-invited", f"cooperatives.cooperative:{cooperative.pk}")]
    assert trail.facts() == [
        {
            "cooperative_id": cooperative.pk,
            "membership_id": membership.pk,
            "person_id": membership.person_id,
            "role": "seller",
        }
    ]


def test_invite_knows_a_person_by_the_number_and_leaves_the_name() -> None:
    person = PersonFactory(phone="+212612345678", name="Fatima")
    cooperative = CooperativeFactory()

    membership = members.invite(
        cooperative.pk, "٠٦١٢٣٤٥٦٧٨", "Autre", "manager", by=member(cooperative)
    )

    assert membership.person == person
    assert Person.objects.get(pk=person.pk).name == "Fatima"


@pytest.mark.parametrize(
    ("phone", "name", "role", "refusal"),
    [
        ("12", "Aïcha", "seller", InvalidPhone),
        ("0522 34 56 78", "Aïcha", "seller", NoTexts),
        ("0612345678", "", "seller", Invalid),
        ("0612345678", "Aïcha", "king", Invalid),
    ],
)
def test_invite_refuses_what_it_cannot_read(
    phone: str, name: str, role: str, refusal: type[Exception]
) -> None:
    cooperative = CooperativeFactory()
    by = member(cooperative)
    with pytest.raises(refusal):
        members.invite(cooperative.pk, phone, name, role, by=by)
    assert (Membership.objects.count(), Person.objects.count(), trail.events()) == (1, 1, [])


def test_invite_once() -> None:
    one = MembershipFactory()
    with pytest.raises(AlreadyMember):
        members.invite(
            one.cooperative_id, one.person.phone, "Aïcha", "seller", by=actor(one.person)
        )
    assert Membership.objects.count() == 1


def test_who_may_invite_whom() -> None:
    cooperative = CooperativeFactory()
    manager, seller = member(cooperative, Role.MANAGER), member(cooperative, Role.SELLER)
    for by, role, refusal in (
        (manager, "president", NotAllowed),
        (seller, "seller", NotAllowed),
        (member(CooperativeFactory()), "seller", NotFound),
        (actor(), "seller", NotFound),
        (staff(), "seller", NotFound),
    ):
        with pytest.raises(refusal):
            members.invite(cooperative.pk, "0612345678", "Aïcha", role, by=by)
    assert Person.objects.filter(phone="+212612345678").exists() is False

    members.invite(cooperative.pk, "0612345678", "Aïcha", "manager", by=manager)

    assert cooperative.memberships.filter(role="manager").count() == 2


def test_change_role() -> None:
    president = MembershipFactory()
    seller = MembershipFactory(cooperative=president.cooperative, role=Role.SELLER)
    by = actor(president.person)

    members.change_role(seller.pk, "president", by=by)
    members.change_role(president.pk, "seller", by=by)

    seller.refresh_from_db()
    president.refresh_from_db()
    assert (seller.role, president.role) == ("president", "seller")
    assert trail.names() == ["member-role-changed", "member-role-changed"]
    with pytest.raises(NotAllowed):
        members.change_role(seller.pk, "seller", by=by)


def test_the_last_president_stays() -> None:
    president = MembershipFactory()
    MembershipFactory()  # A president elsewhere is none here.
    by = actor(president.person)

    with pytest.raises(LastPresident):
        members.change_role(president.pk, "manager", by=by)
    with pytest.raises(LastPresident):
        members.remove(president.pk, by=by)

    president.refresh_from_db()
    assert (president.role, president.ended_at, trail.events()) == ("president", None, [])


def test_a_manager_does_not_touch_presidents() -> None:
    president = MembershipFactory()
    second = MembershipFactory(cooperative=president.cooperative)
    manager = member(president.cooperative, Role.MANAGER)

    with pytest.raises(NotAllowed):
        members.remove(second.pk, by=manager)
    with pytest.raises(NotAllowed):
        members.change_role(second.pk, "seller", by=manager)

    second.refresh_from_db()
    assert (second.role, second.ended_at) == ("president", None)


def test_remove_takes_access_away_at_once() -> None:
    president = MembershipFactory()
    seller = MembershipFactory(cooperative=president.cooperative, role=Role.SELLER)

    members.remove(seller.pk, by=actor(president.person))

    assert rules.may_sell(actor(seller.person), president.cooperative) is False
    assert trail.names() == ["member-removed"]
    with pytest.raises(NotFound):
        members.remove(seller.pk, by=actor(president.person))


def test_one_may_leave() -> None:
    seller = MembershipFactory(role=Role.SELLER)
    members.remove(seller.pk, by=actor(seller.person))
    seller.refresh_from_db()
    assert seller.ended_at is not None


def test_strangers_know_of_no_membership() -> None:
    seller = MembershipFactory(role=Role.SELLER)
    with pytest.raises(NotFound):
        members.remove(seller.pk, by=actor(PersonFactory()))
    with pytest.raises(NotFound):
        members.change_role(0, "seller", by=actor(PersonFactory()))
    seller.refresh_from_db()
    assert seller.ended_at is None


@pytest.mark.parametrize(
    ("had", "wanted", "has"),
    [
        ("seller", "president", "president"),
        ("president", "seller", "president"),
        ("manager", "manager", "manager"),
    ],
)
def test_let_in_raises_a_role_and_lowers_none(had: str, wanted: str, has: str) -> None:
    one = MembershipFactory(role=had)

    events = members.let_in(one.cooperative_id, one.person_id, Role(wanted))

    one.refresh_from_db()
    assert (one.role, Membership.objects.count()) == (has, 1)
    assert [(event.name, event.cooperative_id) for event in events] == [
        ("member-joined", one.cooperative_id),
        ("shop-opened", one.cooperative_id),
    ]
    assert trail.fed() == [("cooperative", one.cooperative_id)]


def test_let_in_is_a_new_membership_for_a_member_of_yesterday() -> None:
    one = MembershipFactory(ended_at=timezone.now())
    ShopFactory(cooperative=one.cooperative)

    events = members.let_in(one.cooperative_id, one.person_id, Role.SELLER)

    assert [event.name for event in events] == ["member-joined"]
    assert list(Membership.objects.order_by("pk").values_list("role", flat=True)) == [
        "president",
        "seller",
    ]
