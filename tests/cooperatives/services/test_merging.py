from __future__ import annotations

import pytest

from taawon.accounts.models import StaffRole
from taawon.catalogue.models import Family, Product
from taawon.cooperatives.errors import (
    AlreadyDecided,
    AlreadyMerged,
    AlreadyRegistered,
    InDispute,
    SameEntry,
    ToldApart,
    WrongShopState,
)
from taawon.cooperatives.models import Cooperative, Pair, Revision, Shop
from taawon.cooperatives.services import claims, merging, opening, shop
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.orders.models import Order, OrderCounter
from tests import trail
from tests.cooperatives.merges import full, numbers_of, tables
from tests.factories import (
    CooperativeFactory,
    PersonFactory,
    ProvinceFactory,
    RegionFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    return staff()


def pair_of(one: Cooperative, other: Cooperative, state: str = "likely") -> Pair:
    first, second = sorted((one, other), key=lambda entry: entry.pk)
    return Pair.objects.create(first=first, second=second, score=90, state=state)


def test_all_that_belongs_to_it_follows(by: Actor) -> None:
    kept, gone = full("Tifaout"), full("Tifawt")
    members = set(gone.memberships.values_list("person_id", flat=True))
    pair = pair_of(kept, gone)

    made = merging.merge(kept.pk, gone.pk, by=by)

    gone.refresh_from_db()
    pair.refresh_from_db()
    assert (gone.merged_into_id, pair.state) == (kept.pk, "merged")
    assert numbers_of(kept) == ([1, 2, 3, 4], [1, 2, 3, 4])
    assert numbers_of(gone) == ([], [])
    assert members < set(kept.memberships.values_list("person_id", flat=True))
    assert [gone.claims.count(), gone.invitations.count(), gone.reports.count()] == [0, 0, 0]
    assert [kept.claims.count(), kept.invitations.count(), kept.reports.count()] == [2, 2, 2]
    assert (Shop.objects.get(pk=gone.pk).state, Shop.objects.get(pk=kept.pk).state) == (
        "closed",
        "open",
    )
    assert Shop.objects.get(pk=kept.pk).last_product_number == 4
    assert OrderCounter.objects.get(pk=kept.pk).last == 4
    assert Family.objects.filter(cooperative=kept).count() == 2
    assert trail.events()[-1] == ("entries-merged", f"cooperatives.cooperative:{kept.pk}")
    assert trail.facts()[-1] == {
        "cooperative_id": kept.pk,
        "merge_id": made.pk,
        "gone_id": gone.pk,
    }


def test_search_hears_of_both_and_of_all_products(by: Actor) -> None:
    kept, gone = full("Tifaout"), full("Tifawt")
    products = set(Product.objects.values_list("pk", flat=True))
    told = {("cooperative", kept.pk), ("cooperative", gone.pk)}
    told |= {("product", pk) for pk in products}

    made = merging.merge(kept.pk, gone.pk, by=by)
    assert set(trail.fed()) == told

    before = len(trail.fed())
    merging.undo(made.pk, by=by)
    assert set(trail.fed()[before:]) == told


def test_what_the_kept_entry_lacks_is_filled_in(by: Actor) -> None:
    kept = CooperativeFactory(phone="", women=0, address="Rue 1")
    gone = CooperativeFactory(phone="+212528123456", women=12, address="Rue 2", name_fr="Autre")

    made = merging.merge(kept.pk, gone.pk, by=by)

    kept.refresh_from_db()
    assert (kept.phone, kept.women, kept.address) == ("+212528123456", 12, "Rue 1")
    revision = Revision.objects.get()
    assert (revision.cooperative_id, revision.source, revision.title) == (kept.pk, "merge", "Autre")
    assert revision.changes == {"phone": [None, "+212528123456"], "women": [0, 12]}
    assert made.moved["entry"]["revision"] == revision.pk


def test_the_agent_chooses_field_by_field(by: Actor) -> None:
    elsewhere = ProvinceFactory(code="MA-AGD", name_fr="Agadir")
    kept = CooperativeFactory(address="Rue 1", name_fr="Un", phone="")
    gone = CooperativeFactory(address="Rue 2", name_fr="Deux", phone="+212528123456")
    Cooperative.objects.filter(pk=gone.pk).update(province=elsewhere)
    choices = {"address": "gone", "phone": "kept", "place": "gone", "name_fr": "kept"}

    merging.merge(kept.pk, gone.pk, choices, by=by)

    kept.refresh_from_db()
    assert (kept.address, kept.name_fr, kept.phone) == ("Rue 2", "Un", "")
    assert (kept.province_id, kept.region_id) == ("MA-AGD", "MA-09")


@pytest.mark.parametrize("choices", [{"slug": "gone"}, {"phone": "both"}])
def test_what_cannot_be_chosen_is_refused(choices: dict[str, str], by: Actor) -> None:
    kept, gone = full("Tifaout"), full("Tifawt")
    before = tables()
    with pytest.raises(Invalid):
        merging.merge(kept.pk, gone.pk, choices, by=by)
    assert tables() == before


def test_a_third_entry_may_have_that_number(by: Actor) -> None:
    elsewhere = ProvinceFactory(code="MA-AGD", name_fr="Agadir")
    kept = CooperativeFactory(registration_number="1")
    CooperativeFactory(registration_number="2")
    gone = CooperativeFactory(registration_number="2", province=elsewhere)
    before = tables()
    with pytest.raises(AlreadyRegistered):
        merging.merge(kept.pk, gone.pk, {"registration": "gone"}, by=by)
    assert tables() == before


def test_what_is_refused_changes_nothing(by: Actor) -> None:
    kept, gone, away = full("Tifaout"), full("Tifawt"), full("Parti")
    disputed = CooperativeFactory(disputed_since=kept.created_at)
    apart = CooperativeFactory()
    pair_of(kept, apart, "different")
    merging.merge(kept.pk, away.pk, by=by)
    events = trail.events()
    agent = staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01"))
    before = tables()

    for kept_id, gone_id, who, refusal in (
        (kept.pk, kept.pk, by, SameEntry),
        (kept.pk, away.pk, by, AlreadyMerged),
        (away.pk, gone.pk, by, AlreadyMerged),
        (kept.pk, disputed.pk, by, InDispute),
        (disputed.pk, kept.pk, by, InDispute),
        (kept.pk, apart.pk, by, ToldApart),
        (kept.pk, 0, by, NotFound),
        (kept.pk, gone.pk, agent, NotAllowed),
        (kept.pk, gone.pk, staff(StaffRole.EDITOR), NotAllowed),
        (kept.pk, gone.pk, actor(PersonFactory()), NotFound),
    ):
        before |= {"accounts_person": tables()["accounts_person"]}
        with pytest.raises(refusal):
            merging.merge(kept_id, gone_id, by=who)
    assert tables() == before
    assert trail.events() == events


def test_told_apart_is_for_ever(by: Actor) -> None:
    pair = pair_of(CooperativeFactory(), CooperativeFactory())

    merging.tell_apart(pair.pk, by=by)

    pair.refresh_from_db()
    assert (pair.state, pair.decided_at is not None) == ("different", True)
    assert trail.events() == [
        ("entries-told-apart", f"cooperatives.cooperative:{pair.first_id}"),
    ]
    with pytest.raises(AlreadyDecided):
        merging.tell_apart(pair.pk, by=by)
    with pytest.raises(NotFound):
        merging.tell_apart(pair.pk, by=actor(PersonFactory()))
    with pytest.raises(ToldApart):
        merging.merge(pair.first_id, pair.second_id, by=by)


def test_nothing_is_asked_of_an_entry_that_went(by: Actor) -> None:
    kept, gone = full("Tifaout"), full("Tifawt")
    merging.merge(kept.pk, gone.pk, by=by)
    with pytest.raises(AlreadyMerged):
        claims.begin_by_code(gone.pk, role="president", language="fr", by=actor(PersonFactory()))
    with pytest.raises(AlreadyMerged):
        opening.invite(
            gone.pk,
            phone="0655000000",
            name="Rahma",
            role="president",
            language="fr",
            checked="Papiers vus",
            by=by,
        )
    with pytest.raises(WrongShopState):
        shop.reinstate(gone.pk, by=by)
    assert Order.objects.filter(cooperative=gone).count() == 0
