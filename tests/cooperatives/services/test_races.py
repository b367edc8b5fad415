"""What happens when two people press at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from taawon.catalogue.models import Product
from taawon.catalogue.services import products
from taawon.cooperatives.models import Invitation, Membership, Shop
from taawon.cooperatives.services import members, opening, registry
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Refused
from tests import trail
from tests.factories import (
    CooperativeFactory,
    InvitationFactory,
    MembershipFactory,
    ProvinceFactory,
    SectorFactory,
    ShopFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Each step in a thread of its own; what became of them, sorted."""
    gate = threading.Barrier(len(steps))
    outcomes: list[str] = []

    def run(step: Callable[[], object]) -> None:
        gate.wait()
        try:
            step()
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_presidents_cannot_leave_at_once() -> None:
    one = MembershipFactory()
    two = MembershipFactory(cooperative=one.cooperative)

    outcomes = at_once(
        lambda: members.remove(one.pk, by=actor(one.person)),
        lambda: members.remove(two.pk, by=actor(two.person)),
    )

    assert outcomes == ["done", "last-president"]
    assert Membership.objects.filter(ended_at__isnull=True).count() == 1


def test_two_yeses_at_once_are_one_membership() -> None:
    invitation = InvitationFactory()
    number, by = invitation.phone, Actor(person_id=None, channel=Channel.SMS)

    outcomes = at_once(*[lambda: opening.confirm(invitation.pk, number, by=by)] * 4)

    assert outcomes == ["done", *["invitation-over"] * 3]
    assert Membership.objects.get().person.phone == number
    assert Shop.objects.count() == 1
    assert trail.names().count("shop-opened") == 1


def test_a_yes_and_a_withdrawal_at_once() -> None:
    invitation, agent = InvitationFactory(), staff()
    number, by = invitation.phone, Actor(person_id=None, channel=Channel.SMS)

    outcomes = at_once(
        lambda: opening.confirm(invitation.pk, number, by=by),
        lambda: opening.withdraw(invitation.pk, by=agent),
    )

    invitation.refresh_from_db()
    assert outcomes == ["done", "invitation-over"]
    assert Membership.objects.count() == (1 if invitation.state == "confirmed" else 0)


def test_two_agents_invite_one_number_at_once() -> None:
    cooperative, one, two = CooperativeFactory(), staff(), staff()

    def invite(by: Actor) -> object:
        return opening.invite(
            cooperative.pk,
            phone="0655000000",
            name="Rahma",
            role="president",
            language="fr",
            checked="Papiers vus",
            by=by,
        )

    assert at_once(lambda: invite(one), lambda: invite(two)) == ["already-invited", "done"]
    assert Invitation.objects.count() == 1


def test_two_agents_add_one_registration_at_once() -> None:
    sector, province, one, two = SectorFactory(), ProvinceFactory(), staff(), staff()

    def add(by: Actor) -> object:
        return registry.add(
            names={"fr": "Tiwizi"},
            registration_number="12/2024",
            sector_code=sector.pk,
            province_code=province.pk,
            by=by,
        )

    assert at_once(lambda: add(one), lambda: add(two)) == ["already-registered", "done"]
    assert trail.names() == ["cooperative-added"]


def test_no_product_number_is_given_twice() -> None:
    shop = ShopFactory()
    by = actor(MembershipFactory(cooperative=shop.cooperative).person)

    outcomes = at_once(*[lambda: products.draft(shop.pk, by=by)] * 6)

    assert outcomes == ["done"] * 6
    assert sorted(Product.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    shop.refresh_from_db()
    assert shop.last_product_number == 6
