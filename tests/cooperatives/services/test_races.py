"""What happens when two people press at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from taawon.catalogue.models import Product
from taawon.catalogue.services import products
from taawon.cooperatives.models import Membership
from taawon.cooperatives.services import members
from taawon.core.errors import Refused
from tests.factories import MembershipFactory, ShopFactory, actor

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


def test_no_product_number_is_given_twice() -> None:
    shop = ShopFactory()
    by = actor(MembershipFactory(cooperative=shop.cooperative).person)

    outcomes = at_once(*[lambda: products.draft(shop.pk, by=by)] * 6)

    assert outcomes == ["done"] * 6
    assert sorted(Product.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    shop.refresh_from_db()
    assert shop.last_product_number == 6
