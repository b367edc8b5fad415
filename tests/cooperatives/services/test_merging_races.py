"""A merge while others merge, order, join and begin products."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from taawon.accounts.models import Person
from taawon.catalogue.models import Product
from taawon.catalogue.services import products
from taawon.cooperatives.models import Cooperative, Membership, Merge
from taawon.cooperatives.services import claims, merging
from taawon.core.actor import Actor, Channel
from taawon.orders.models import Order, OrderCounter
from taawon.orders.services import checkout
from tests import trail
from tests.cooperatives.merges import full, numbers_of
from tests.cooperatives.services.test_races import at_once
from tests.factories import member, staff
from tests.orders.build import GUEST, basket, wish, zones

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_into_the_other_at_once() -> None:
    one, other, by, colleague = full("Tifaout"), full("Tifawt"), staff(), staff()

    outcomes = at_once(
        lambda: merging.merge(one.pk, other.pk, by=by),
        lambda: merging.merge(other.pk, one.pk, by=colleague),
    )

    assert outcomes == ["already-merged", "done"]
    made = Merge.objects.get()
    ends = dict(Cooperative.objects.values_list("pk", "merged_into"))
    assert ends == {made.kept_id: None, made.gone_id: made.kept_id}
    assert trail.names() == ["entries-merged"]
    assert numbers_of(made.kept) == ([1, 2, 3, 4], [1, 2, 3, 4])


def test_a_ring_of_three_at_once_is_no_ring() -> None:
    by = staff()
    ring = [full("Un", orders=0), full("Deux", orders=0), full("Trois", orders=0)]
    steps = [(ring[at], ring[(at + 1) % 3]) for at in range(3)]

    outcomes = at_once(
        *(
            lambda kept=kept, gone=gone: merging.merge(kept.pk, gone.pk, by=by)
            for kept, gone in steps
        )
    )

    left = Cooperative.objects.filter(merged_into=None)
    assert outcomes.count("done") == 3 - left.count()
    assert set(
        Cooperative.objects.exclude(merged_into=None).values_list("merged_into__merged_into")
    ) <= {(None,)}
    assert left.count() >= 1


def test_the_same_undo_twice_at_once() -> None:
    kept, gone, by, colleague = full("Tifaout"), full("Tifawt"), staff(), staff()
    made = merging.merge(kept.pk, gone.pk, by=by)

    outcomes = at_once(
        lambda: merging.undo(made.pk, by=by), lambda: merging.undo(made.pk, by=colleague)
    )

    assert outcomes == ["already-undone", "done"]
    assert numbers_of(gone) == ([1, 2], [1, 2])


def test_orders_while_a_merge_runs_and_is_undone() -> None:
    zones()
    kept, gone, by = full("Tifaout", orders=1), full("Tifawt", orders=1), staff()
    Product.objects.update(on_hand=100)
    theirs = list(Product.objects.filter(cooperative=gone).order_by("pk"))
    others = list(Product.objects.filter(cooperative=kept).order_by("pk"))
    baskets = [basket((theirs[0], 1), (theirs[1], 2)) for _ in range(5)]
    baskets += [basket((theirs[1], 1), (others[0], 1)) for _ in range(3)]

    def buy(of: Any) -> None:
        checkout.place(of.pk, wish(), key="k", by=GUEST)

    def there_and_back() -> None:
        made = merging.merge(kept.pk, gone.pk, by=by)
        merging.undo(made.pk, by=by)

    outcomes = at_once(there_and_back, *(lambda of=of: buy(of) for of in baskets))

    assert outcomes == ["done"] * 9
    for product in theirs:
        product.refresh_from_db()
    assert [product.reserved for product in theirs] == [5, 13]
    for entry in (kept, gone):
        _products, orders = numbers_of(entry)
        assert len(orders) == len(set(orders))
        assert OrderCounter.objects.get(pk=entry.pk).last >= max(orders)
    for_gone = Order.objects.filter(lines__product__in=theirs).exclude(lines__product__in=others)
    assert set(for_gone.values_list("cooperative_id", flat=True)) == {gone.pk}


@pytest.mark.postgres
@pytest.mark.parametrize("at", ["before the number is taken", "after the number is taken"])
def test_a_merge_in_the_middle_of_an_order(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    zones()
    kept, gone, by = full("Tifaout", orders=1), full("Tifawt", orders=1), staff()
    product = Product.objects.filter(cooperative=gone).first()
    assert product is not None
    wanted = basket((product, 2))
    usual, numbered = checkout._next_numbers, at.startswith("after")
    merges: list[threading.Thread] = []

    def merge() -> None:
        merging.merge(kept.pk, gone.pk, by=by)
        connection.close()

    def in_between(ids: Any) -> Any:
        numbers = usual(ids) if numbered else None
        if not merges:
            merges.append(threading.Thread(target=merge))
            merges[0].start()
            # It waits for the number that we hold, or is over before we ask for one.
            merges[0].join(timeout=0.5 if numbered else None)
            assert merges[0].is_alive() is numbered
        return numbers or usual(ids)

    monkeypatch.setattr(checkout, "_next_numbers", in_between)
    made = checkout.place(wanted.pk, wish(), key="k", by=GUEST)
    merges[0].join()

    order = Order.objects.get(checkout=made)
    assert (order.cooperative_id, order.number) == (kept.pk, 3)
    assert Order.objects.filter(cooperative=gone).count() == 0
    product.refresh_from_db()
    assert (product.cooperative_id, product.reserved) == (kept.pk, 2)
    assert OrderCounter.objects.get(pk=kept.pk).last == 3


def test_a_claim_approved_and_a_product_begun_while_a_merge_runs() -> None:
    kept, gone, by, colleague = full("Tifaout"), full("Tifawt"), staff(), staff()
    claim = gone.claims.get()
    seller = member(gone)

    outcomes = at_once(
        lambda: merging.merge(kept.pk, gone.pk, by=by),
        lambda: claims.approve(claim.pk, by=colleague),
        lambda: products.draft(gone.pk, by=seller),
    )

    assert outcomes.count("done") >= 1
    assert set(outcomes) <= {"done", "already-merged", "not-found", "no-shop"}
    assert not Product.objects.filter(cooperative=gone).exists()
    assert not Membership.objects.filter(cooperative=gone, ended_at__isnull=True).exists()
    claim.refresh_from_db()
    assert claim.cooperative_id == kept.pk
    joined = Membership.objects.filter(person_id=claim.person_id).exists()
    assert joined is (claim.state == "approved")
    assert Person.objects.filter(pk=claim.person_id).exists()


def test_two_who_prove_the_phone_at_once_are_not_both_in(post_box: Any) -> None:
    entry = full("Tifaout", orders=0, phone_on_record="+212612345678")
    entry.memberships.all().delete()
    entry.claims.all().delete()
    people = [Person.objects.create(phone=f"+21266000000{n}") for n in range(2)]
    actors = [Actor(person_id=person.pk, channel=Channel.WEB) for person in people]
    begun = [
        claims.begin_by_code(entry.pk, role="president", language="fr", by=by) for by in actors
    ]

    outcomes = at_once(
        *(
            lambda claim=claim, by=by: claims._proved(claim.pk, by=by)
            for claim, by in zip(begun, actors, strict=True)
        )
    )

    entry.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert sorted(entry.claims.values_list("state", flat=True)) == ["approved", "pending"]
    assert Membership.objects.get().confirmed is False
    assert entry.disputed_since is not None
