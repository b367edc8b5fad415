from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from taawon.accounts import queries as accounts
from taawon.accounts.models import StaffRole
from taawon.cooperatives import branches, privacy, queries
from taawon.cooperatives.models import Claim, ClaimPaper
from taawon.cooperatives.states import Role, ShopState
from taawon.core.errors import NotFound
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    RegionFactory,
    SectorFactory,
    ShopFactory,
    actor,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 3])
def test_directory_rows_in_the_given_order(many: int, django_assert_num_queries: Any) -> None:
    made = [ShopFactory().cooperative for _ in range(many)]
    ids = [cooperative.pk for cooperative in reversed(made)]

    with django_assert_num_queries(1):
        rows = queries.directory_rows([*ids, 0])
        shown = [(row.id, row.name, row.slug_id, row.sells, row.paused) for row in rows]

    assert shown == [
        (one.pk, one.name_fr, f"{one.slug}-{one.pk}", True, False) for one in reversed(made)
    ]


def test_a_directory_row_of_a_paused_and_of_a_suspended_shop() -> None:
    paused = ShopFactory(paused_until=timezone.localdate())
    suspended = ShopFactory(state=ShopState.SUSPENDED)
    rows = queries.directory_rows([paused.pk, suspended.pk, CooperativeFactory().pk])
    assert [(row.sells, row.paused) for row in rows] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_a_page_is_one_query(django_assert_num_queries: Any) -> None:
    shop = ShopFactory()
    with django_assert_num_queries(1):
        page = queries.page(shop.pk)
        assert page is not None
        assert page.sector.pk == "argan"
        assert queries.is_open(page) is True
        assert [lack.code for lack in queries.missing_to_sell(page)] == [
            "phone",
            "about",
            "pickup",
            "food",
        ]
    assert queries.page(0) is None


def test_what_a_shop_lacks() -> None:
    ready = ShopFactory(
        offers_pickup=False,
        cooperative__phone="+212528860000",
        cooperative__about_ar="نحن",
        cooperative__food_exemption="Brut.",
    )
    closed = ShopFactory(state=ShopState.SUSPENDED, paused_until=timezone.localdate())

    def codes(pk: int) -> list[str]:
        found = queries.page(pk)
        assert found is not None
        return [lack.code for lack in queries.missing_to_sell(found)]

    assert codes(ready.pk) == []
    assert codes(closed.pk)[:2] == ["suspended", "paused"]
    assert codes(CooperativeFactory().pk) == ["approval"]
    assert codes(CooperativeFactory(status="dissolved").pk) == ["status"]


def test_sectors_are_named() -> None:
    SectorFactory()
    assert [(code, one.name) for code, one in branches.sectors().items()] == [("argan", "Argan")]


@pytest.mark.parametrize("many", [1, 3])
def test_shops_of_a_person(many: int, django_assert_num_queries: Any) -> None:
    person = PersonFactory()
    shops = [ShopFactory() for _ in range(many)]
    for shop in shops:
        MembershipFactory(cooperative=shop.cooperative, person=person, role=Role.SELLER)
    MembershipFactory(person=person, ended_at=timezone.now())
    MembershipFactory()

    with django_assert_num_queries(1):
        found = queries.shops_of(person.pk)

    assert [(one.id, one.role, one.state) for one in found] == [
        (shop.pk, Role.SELLER, "open") for shop in shops
    ]


def test_members_by_rank(django_assert_num_queries: Any) -> None:
    cooperative = CooperativeFactory()
    for role in (Role.SELLER, Role.PRESIDENT, Role.MANAGER):
        MembershipFactory(cooperative=cooperative, role=role)
    MembershipFactory(cooperative=cooperative, ended_at=timezone.now())

    with django_assert_num_queries(1):
        found = queries.members(cooperative.pk)

    assert [one.role for one in found] == [Role.PRESIDENT, Role.MANAGER, Role.SELLER]


def test_claims_waiting_by_region(django_assert_num_queries: Any) -> None:
    south = ClaimFactory(created_at=timezone.now() - timedelta(days=1))
    ClaimPaper.objects.create(claim=south, file="x", title="Statuts", size=1)
    north = ClaimFactory(cooperative__region=RegionFactory(code="MA-01"))
    ClaimFactory(state="refused")

    def seen(role: str, **more: Any) -> list[Claim]:
        return list(queries.claims_waiting(by=staff(role, **more)))

    assert seen(StaffRole.ADMINISTRATOR) == [south, north]
    assert seen(StaffRole.AGENT, staff_region_id="MA-09") == [south]
    assert seen(StaffRole.EDITOR) == []
    assert list(queries.claims_waiting(by=actor())) == []
    admin = staff()
    assert list(queries.claims_waiting(by=admin, region_code="MA-01")) == [north]
    with django_assert_num_queries(2):
        counted = [
            (one.paper_count, one.person.pk, one.cooperative.pk)
            for one in queries.claims_waiting(by=admin)
        ]
    assert [count for count, _, _ in counted] == [1, 0]


def test_a_claim_is_for_its_person_and_the_team() -> None:
    claim = ClaimFactory()
    assert queries.claim(claim.pk, by=actor(claim.person)) == claim
    assert queries.claim(claim.pk, by=staff()) == claim
    assert list(queries.claims_of(claim.person_id)) == [claim]
    for by in (actor(), actor(PersonFactory()), staff(StaffRole.EDITOR)):
        with pytest.raises(NotFound):
            queries.claim(claim.pk, by=by)


def test_the_workspace_is_for_members() -> None:
    shop = ShopFactory()
    by = member(shop.cooperative, Role.SELLER)
    assert queries.for_workspace(shop.pk, by=by) == shop.cooperative
    with pytest.raises(NotFound):
        queries.for_workspace(shop.pk, by=actor(PersonFactory()))


def test_the_head_of_a_page_knows_who_sells() -> None:
    seller, former = MembershipFactory().person, MembershipFactory(ended_at=timezone.now()).person
    found = [accounts.for_session(one.pk) for one in (seller, former)]
    assert [getattr(one, "is_seller", None) for one in found] == [True, False]


def test_what_a_person_takes_along_and_leaves() -> None:
    claim = ClaimFactory(message="C’est moi.")
    MembershipFactory(person=claim.person)
    assert [one["message"] for one in privacy.export(claim.person_id)["claims"]] == ["C’est moi."]

    privacy.erase(claim.person_id)

    claim.refresh_from_db()
    assert (claim.message, claim.state) == ("", "withdrawn")
    assert queries.shops_of(claim.person_id) == []
    assert get_user_model().objects.filter(pk=claim.person_id).exists()
