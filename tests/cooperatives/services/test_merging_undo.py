"""What an undo gives back, and what it leaves where it is."""

from __future__ import annotations

import pytest

from taawon.catalogue.models import Product
from taawon.cooperatives.errors import (
    AlreadyUndone,
    LaterMergeFirst,
    RegisteredMeanwhile,
)
from taawon.cooperatives.models import Claim, Cooperative, Membership, Merge, Revision, Shop
from taawon.cooperatives.services import merging
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.orders.models import OrderCounter
from tests import trail
from tests.cooperatives.merges import full, numbers_of, tables
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    InvitationFactory,
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    return staff()


def test_the_number_of_what_goes_can_be_taken_and_put_back(by: Actor) -> None:
    kept = CooperativeFactory(registration_number="1", court="Tiznit")
    gone = CooperativeFactory(registration_number="2", court="Agadir")

    made = merging.merge(kept.pk, gone.pk, {"registration": "gone"}, by=by)
    kept.refresh_from_db()
    assert (kept.registration_number, kept.court) == ("2", "Agadir")

    merging.undo(made.pk, by=by)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.registration_number, kept.court) == ("1", "Tiznit")
    assert (gone.registration_number, gone.merged_into_id) == ("2", None)


def test_a_shop_that_the_kept_entry_lacks_comes_along(by: Actor) -> None:
    kept, gone = CooperativeFactory(), full("Tifawt")

    made = merging.merge(kept.pk, gone.pk, by=by)
    shop = Shop.objects.get(pk=kept.pk)
    assert (shop.state, shop.pickup_place, shop.last_product_number) == ("open", "Chez Tifawt", 2)

    merging.undo(made.pk, by=by)
    assert not Shop.objects.filter(pk=kept.pk).exists()
    assert Shop.objects.get(pk=gone.pk).state == "open"
    assert not OrderCounter.objects.filter(pk=kept.pk).exists()


def test_who_is_in_both_is_one_member_in_the_higher_role(by: Actor) -> None:
    kept, gone, person = CooperativeFactory(), CooperativeFactory(), PersonFactory()
    here = MembershipFactory(cooperative=kept, person=person, role=Role.SELLER)
    there = MembershipFactory(cooperative=gone, person=person, role=Role.PRESIDENT)

    made = merging.merge(kept.pk, gone.pk, by=by)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.role, there.ended_at is not None, there.cooperative_id) == (
        "president",
        True,
        gone.pk,
    )

    merging.undo(made.pk, by=by)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.role, there.ended_at, there.role) == ("seller", None, "president")


def test_who_lost_access_since_does_not_come_back_by_an_undo(by: Actor) -> None:
    kept, gone, person = CooperativeFactory(), CooperativeFactory(), PersonFactory()
    here = MembershipFactory(cooperative=kept, person=person)
    there = MembershipFactory(cooperative=gone, person=person)
    moved = MembershipFactory(cooperative=gone)
    made = merging.merge(kept.pk, gone.pk, by=by)
    Membership.objects.filter(pk__in=[here.pk, moved.pk]).update(ended_at=made.merged_at)

    merging.undo(made.pk, by=by)

    assert not Membership.objects.filter(ended_at__isnull=True).exists()
    there.refresh_from_db()
    moved.refresh_from_db()
    assert (there.ended_at is None, moved.cooperative_id) == (False, gone.pk)


def test_who_asks_for_both_asks_once(by: Actor) -> None:
    kept, gone = CooperativeFactory(), CooperativeFactory()
    one = ClaimFactory(cooperative=kept)
    twice = ClaimFactory(cooperative=gone, person=one.person)
    invited = InvitationFactory(cooperative=kept)
    InvitationFactory(cooperative=gone, phone=invited.phone)

    made = merging.merge(kept.pk, gone.pk, by=by)
    assert list(Claim.objects.filter(state="pending")) == [one]
    assert gone.invitations.get().state == "withdrawn"

    merging.undo(made.pk, by=by)
    twice.refresh_from_db()
    assert (twice.state, twice.decided_at, twice.cooperative_id) == ("pending", None, gone.pk)
    assert gone.invitations.get().state == "waiting"


def test_an_undo_keeps_what_happened_since(by: Actor) -> None:
    kept, gone = full("Tifaout"), full("Tifawt", orders=0)
    moved = list(Product.objects.filter(cooperative=gone).order_by("number"))
    own = Product.objects.filter(cooperative=kept).first()
    made = merging.merge(kept.pk, gone.pk, by=by)
    Product.objects.filter(pk=moved[0].pk).update(price_centimes=1)
    begun = ProductFactory(cooperative=kept, number=5, family=moved[0].family)
    Shop.objects.filter(pk=kept.pk).update(last_product_number=5)
    follows = OrderFactory(cooperative=kept, number=3)
    OrderLineFactory(order=follows, product=moved[0])
    mixed = OrderFactory(cooperative=kept, number=4)
    OrderLineFactory(order=mixed, product=moved[1])
    OrderLineFactory(order=mixed, product=own)
    OrderCounter.objects.filter(pk=kept.pk).update(last=4)

    merging.undo(made.pk, by=by)

    for row in (follows, mixed, begun, *moved):
        row.refresh_from_db()
    assert [row.cooperative_id for row in moved] == [gone.pk] * 2
    assert [row.number for row in moved] == [1, 2]
    assert moved[0].price_centimes == 1
    assert (begun.cooperative_id, begun.family_id) == (kept.pk, None)
    assert (follows.cooperative_id, follows.number) == (gone.pk, 1)
    assert (mixed.cooperative_id, mixed.number) == (kept.pk, 4)
    assert OrderCounter.objects.get(pk=gone.pk).last == 1
    assert OrderCounter.objects.get(pk=kept.pk).last == 4
    assert Shop.objects.get(pk=kept.pk).last_product_number == 5


def test_an_undo_leaves_what_was_written_over_it(by: Actor) -> None:
    kept = CooperativeFactory(phone="", address="")
    gone = CooperativeFactory(phone="+212528123456", address="Rue 2")
    made = merging.merge(kept.pk, gone.pk, by=by)
    Cooperative.objects.filter(pk=kept.pk).update(phone="+212528999999")

    merging.undo(made.pk, by=by)

    kept.refresh_from_db()
    assert (kept.phone, kept.address) == ("+212528999999", "")
    assert Revision.objects.get().changes == {"phone": [None, "+212528123456"]}


def test_chains_lead_to_the_last_and_come_apart_in_turn(by: Actor) -> None:
    one, two, three = full("Un"), full("Deux"), full("Trois")
    before = tables()
    first = merging.merge(two.pk, one.pk, by=by)
    second = merging.merge(three.pk, two.pk, by=by)
    ends = Cooperative.objects.exclude(pk=three.pk).values_list("merged_into", flat=True)
    assert set(ends) == {three.pk}
    assert numbers_of(three) == ([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])

    with pytest.raises(LaterMergeFirst):
        merging.undo(first.pk, by=by)
    merging.undo(second.pk, by=by)
    one.refresh_from_db()
    assert one.merged_into_id == two.pk
    merging.undo(first.pk, by=by)
    assert tables() == before


def test_an_undo_that_is_refused_changes_nothing(by: Actor) -> None:
    kept = CooperativeFactory(registration_number="1")
    gone = CooperativeFactory(registration_number="2")
    made = merging.merge(kept.pk, gone.pk, by=by)
    newcomer = CooperativeFactory(registration_number="2")
    before = tables()
    with pytest.raises(RegisteredMeanwhile):
        merging.undo(made.pk, by=by)
    assert tables() == before
    newcomer.delete()
    with pytest.raises(NotFound):
        merging.undo(0, by=by)
    merging.undo(made.pk, by=by)
    with pytest.raises(AlreadyUndone):
        merging.undo(made.pk, by=by)
    assert trail.names() == ["entries-merged", "merge-undone"]
    assert Merge.objects.get().undone_at is not None
