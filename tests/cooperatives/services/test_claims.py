from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from taawon.accounts.models import StaffRole
from taawon.cooperatives.errors import (
    AlreadyClaimed,
    AlreadyDecided,
    AlreadyMember,
    BadPaper,
    CannotSell,
    TooManyClaims,
)
from taawon.cooperatives.models import Claim, Cooperative, Membership, Shop
from taawon.cooperatives.papers import NewPaper
from taawon.cooperatives.services import claims
from taawon.cooperatives.states import ClaimState, CooperativeStatus, Role
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from tests import trail
from tests.cooperatives.files import EXECUTABLE, PDF
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    RegionFactory,
    ShopFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db


def make(cooperative: Cooperative, by: Actor, **more: Any) -> Claim:
    asked: dict[str, Any] = {
        "role": Role.PRESIDENT,
        "message": "Je suis la présidente.",
        "papers": [NewPaper("Statuts", PDF)],
    }
    return claims.make(cooperative.pk, **(asked | more), by=by)


def files() -> set[Path]:
    return set((Path(settings.HOME) / "private" / "claims").glob("*"))


def test_make_keeps_the_claim_and_its_papers() -> None:
    cooperative, person = CooperativeFactory(), PersonFactory()
    before = files()

    claim = make(cooperative, actor(person), message=" Je suis\x00 la\u202e présidente. ")

    claim.refresh_from_db()
    assert (claim.person, claim.role, claim.state) == (person, "president", "pending")
    assert claim.message == "Je suis la présidente."
    assert [(paper.title, paper.size) for paper in claim.papers.all()] == [("Statuts", len(PDF))]
    assert len(files() - before) == 1
    assert trail.events() == [("claim-made", f"cooperatives.claim:{claim.pk}")]
    assert trail.facts() == [
        {"claim_id": claim.pk, "cooperative_id": cooperative.pk, "person_id": person.pk}
    ]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"role": "king"}, Invalid),
        ({"message": "x" * 1001}, Invalid),
        ({"papers": []}, Invalid),
        ({"papers": [NewPaper("Statuts", EXECUTABLE)]}, BadPaper),
    ],
)
def test_make_refuses_what_it_cannot_read(more: dict[str, Any], refusal: type[Exception]) -> None:
    before = files()
    with pytest.raises(refusal):
        make(CooperativeFactory(), actor(PersonFactory()), **more)
    assert (Claim.objects.count(), trail.events(), files()) == (0, [], before)


def test_make_needs_a_person_and_a_cooperative_that_can_sell() -> None:
    with pytest.raises(NotAllowed):
        make(CooperativeFactory(), actor())
    with pytest.raises(NotFound):
        claims.make(
            0, role="president", message="", papers=[NewPaper("a", PDF)], by=actor(PersonFactory())
        )
    with pytest.raises(CannotSell):
        make(CooperativeFactory(status=CooperativeStatus.DISSOLVED), actor(PersonFactory()))
    assert Claim.objects.count() == 0


def test_make_is_refused_to_members_and_the_second_time() -> None:
    membership = MembershipFactory()
    with pytest.raises(AlreadyMember):
        make(membership.cooperative, actor(membership.person))
    claim = ClaimFactory()
    before = files()
    with pytest.raises(AlreadyClaimed):
        make(claim.cooperative, actor(claim.person))
    assert list(Claim.objects.all()) == [claim]
    assert files() == before


def test_make_has_a_limit_for_each_person() -> None:
    person = PersonFactory()
    for _ in range(claims.MOST_WAITING):
        ClaimFactory(person=person)
    with pytest.raises(TooManyClaims):
        make(CooperativeFactory(), actor(person))
    assert Claim.objects.count() == claims.MOST_WAITING


def test_a_failed_write_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError

    before = files()
    monkeypatch.setattr(claims, "record", broken)
    with pytest.raises(OSError):  # noqa: PT011 - there is no message
        make(CooperativeFactory(), actor(PersonFactory()))
    assert (Claim.objects.count(), files()) == (0, before)


def test_approve_opens_the_shop_for_its_new_member() -> None:
    claim = ClaimFactory()
    other = ClaimFactory(cooperative=claim.cooperative, role=Role.SELLER)

    claims.approve(claim.pk, by=staff())

    claim.refresh_from_db()
    other.refresh_from_db()
    membership = Membership.objects.get()
    assert (claim.state, other.state) == (ClaimState.APPROVED, ClaimState.PENDING)
    assert claim.decided_at is not None
    assert (membership.person, membership.role) == (claim.person, Role.PRESIDENT)
    assert Shop.objects.get().state == "open"
    coop = f"cooperatives.cooperative:{claim.cooperative_id}"
    assert trail.events() == [
        ("claim-approved", f"cooperatives.claim:{claim.pk}"),
        ("member-joined", coop),
        ("shop-opened", coop),
    ]
    assert trail.fed() == [("cooperative", claim.cooperative_id)]


def test_approve_keeps_a_shop_and_raises_a_seller() -> None:
    shop = ShopFactory(last_product_number=7)
    seller = MembershipFactory(cooperative=shop.cooperative, role=Role.SELLER)
    claim = ClaimFactory(cooperative=shop.cooperative, person=seller.person)

    claims.approve(claim.pk, by=staff())

    seller.refresh_from_db()
    shop.refresh_from_db()
    assert (seller.role, shop.last_product_number) == (Role.PRESIDENT, 7)
    assert Membership.objects.count() == 1
    assert trail.names() == ["claim-approved", "member-joined"]


def test_only_who_looks_after_the_region_decides() -> None:
    claim = ClaimFactory()
    elsewhere = staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01"))
    decisions = (claims.approve, lambda pk, by: claims.refuse(pk, "Papier illisible.", by=by))
    for decide in decisions:
        for by, refusal in (
            (actor(PersonFactory()), NotFound),
            (actor(claim.person), NotFound),
            (actor(), NotFound),
            (elsewhere, NotAllowed),
            (staff(StaffRole.EDITOR), NotAllowed),
        ):
            with pytest.raises(refusal):
                decide(claim.pk, by=by)
    claim.refresh_from_db()
    assert (claim.state, Membership.objects.count(), trail.events()) == ("pending", 0, [])


def test_a_claim_is_decided_once() -> None:
    claim = ClaimFactory()
    claims.refuse(claim.pk, " Papier illisible. ", by=staff())
    for again in (
        lambda: claims.approve(claim.pk, by=staff()),
        lambda: claims.refuse(claim.pk, "Encore.", by=staff()),
        lambda: claims.withdraw(claim.pk, by=actor(claim.person)),
    ):
        with pytest.raises(AlreadyDecided):
            again()
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == (ClaimState.REFUSED, "Papier illisible.")
    assert trail.names() == ["claim-refused"]


def test_refuse_needs_a_reason() -> None:
    claim = ClaimFactory()
    with pytest.raises(Missing):
        claims.refuse(claim.pk, " \u200f ", by=staff())
    claim.refresh_from_db()
    assert claim.state == ClaimState.PENDING


def test_approve_refuses_a_cooperative_that_was_dissolved_since() -> None:
    claim = ClaimFactory(cooperative__status=CooperativeStatus.DISSOLVED)
    with pytest.raises(CannotSell):
        claims.approve(claim.pk, by=staff())
    assert Membership.objects.count() == 0


def test_withdraw_is_for_its_person() -> None:
    claim = ClaimFactory()
    for by in (actor(), actor(PersonFactory()), staff()):
        with pytest.raises(NotFound):
            claims.withdraw(claim.pk, by=by)

    claims.withdraw(claim.pk, by=actor(claim.person))

    claim.refresh_from_db()
    assert claim.state == ClaimState.WITHDRAWN
    assert trail.names() == ["claim-withdrawn"]
    make(claim.cooperative, actor(claim.person))  # One may ask again.
