"""Orders go with their cooperative when its entry is merged into another one.

The counters are locked before anything is read: whoever orders holds them until the order is there
(services/checkout.py), and finds its products moved if it comes later.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Max, QuerySet

from taawon.catalogue.models import Product
from taawon.cooperatives.merging import Facts, Mover, movers
from taawon.core.locks import lock_all
from taawon.orders.models import Order, OrderCounter, OrderLine


def move(gone_id: int, kept_id: int) -> Facts:
    """Numbers go on after the last one of the kept entry, in the same order."""
    pks = (gone_id, kept_id)
    there = set(OrderCounter.objects.filter(pk__in=pks).values_list("pk", flat=True))
    counters = _locked(pks)
    before, after = counters[kept_id].last, counters[gone_id].last
    offset = max(before, _highest(kept_id))
    upto = offset + max(after, _highest(gone_id))
    products = Product.objects.filter(cooperative_id=gone_id).order_by("pk")
    orders = Order.objects.filter(cooperative_id=gone_id)
    facts = {
        "offset": offset,
        "upto": upto,
        "last": before,
        "counters": sorted({*pks} - there),
        "products": list(products.values_list("pk", flat=True)),
    }
    orders.update(cooperative_id=kept_id, number=F("number") + offset)
    OrderCounter.objects.filter(pk=kept_id).update(last=upto)
    return facts


def move_back(facts: Facts, gone_id: int, kept_id: int) -> None:
    """An order that was placed since goes too if it is for products that go, and for them alone."""
    counters = _locked((gone_id, kept_id))
    orders = Order.objects.filter(cooperative_id=kept_id)
    follow = _of_these_alone(orders.filter(number__gt=facts["upto"]), facts["products"])
    moved = orders.filter(number__gt=facts["offset"], number__lte=facts["upto"])
    moved.update(cooperative_id=gone_id, number=F("number") - facts["offset"])
    last = max(counters[gone_id].last, _highest(gone_id) if follow else 0)
    for number, pk in enumerate(follow, last + 1):
        Order.objects.filter(pk=pk).update(cooperative_id=gone_id, number=number)
    OrderCounter.objects.filter(pk=gone_id).update(last=last + len(follow))
    # A number is never given twice: the counter goes back only if it was not used since.
    counter = OrderCounter.objects.filter(pk=kept_id, last=facts["upto"])
    counter.update(last=facts["last"])
    OrderCounter.objects.filter(pk__in=facts["counters"], last=0).delete()


def count(cooperative_id: int) -> dict[str, int]:
    return {"orders": Order.objects.filter(cooperative_id=cooperative_id).count()}


def _locked(pks: Iterable[int]) -> dict[int, OrderCounter]:
    missing = [OrderCounter(cooperative_id=pk) for pk in sorted(pks)]
    OrderCounter.objects.bulk_create(missing, ignore_conflicts=True)
    return lock_all(OrderCounter, pks)


def _of_these_alone(orders: QuerySet[Order], products: list[int]) -> list[int]:
    """Those of the orders that have lines for these products and for no others."""
    known = set(products)
    bought: dict[int, set[int]] = {}
    lines = OrderLine.objects.filter(order__in=orders).values_list("order_id", "product_id")
    for order_id, product_id in lines:
        bought.setdefault(order_id, set()).add(product_id)
    return sorted(pk for pk, theirs in bought.items() if theirs <= known)


def _highest(cooperative_id: int) -> int:
    found = Order.objects.filter(cooperative_id=cooperative_id).aggregate(most=Max("number"))
    return found["most"] or 0


movers["orders"] = Mover(
    turn=2,
    moves=frozenset({"orders.Order.cooperative", "orders.OrderCounter.cooperative"}),
    move=move,
    move_back=move_back,
    count=count,
)
