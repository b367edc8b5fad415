"""What orders do to stock.

Each step is one conditional update for each product, in the order of ids (so that two baskets with
the same products cannot wait for each other), and comes last in the caller's transaction (so that a
product that everybody wants is locked for as short a time as possible).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from taawon.catalogue.errors import Moved, OutOfStock, SoldOut
from taawon.catalogue.models import Product
from taawon.core.languages import columns, spoken
from taawon.core.prepared import Prepared, prepared_update
from taawon.search import feed


@transaction.atomic
def reserve(wanted: Mapping[int, int], *, sellers: Mapping[int, int]) -> None:
    """Keep packs back for an order, all or none: {product id: packs}.

    `sellers` is {product id: cooperative id} as the order says it. Raises OutOfStock; Moved where
    the product is another cooperative's by now.
    """
    for pk, packs in sorted(wanted.items()):
        if not _keep_back(pk, packs, sellers[pk]):
            raise _refusal(pk, sellers[pk])
    feed.changed("product", *sorted(row["pk"] for row in _gone(*wanted)))


_keep_back = prepared_update(
    lambda pk, packs, seller: (
        Product.objects.filter(pk=pk, on_hand__gte=F("reserved") + packs, cooperative_id=seller),
        {"reserved": F("reserved") + packs, "changed_at": Now()},
    )
)
_gone = Prepared(
    lambda *pks: Product.objects.filter(pk__in=pks, on_hand=F("reserved")).values("pk")
)


@transaction.atomic
def take(packs_of: Mapping[int, int]) -> None:
    """The order was accepted: what was kept back leaves the shelf."""
    for pk, packs in sorted(packs_of.items()):
        Product.objects.filter(pk=pk).update(
            on_hand=F("on_hand") - packs, reserved=F("reserved") - packs, changed_at=Now()
        )


@transaction.atomic
def untake(packs_of: Mapping[int, int]) -> None:
    """The acceptance was taken back: the packs are on the shelf again, and kept back."""
    for pk, packs in sorted(packs_of.items()):
        Product.objects.filter(pk=pk).update(
            on_hand=F("on_hand") + packs, reserved=F("reserved") + packs, changed_at=Now()
        )


@transaction.atomic
def release(packs_of: Mapping[int, int]) -> None:
    """The order ended before it was accepted: what was kept back is for sale again."""
    for pk, packs in sorted(packs_of.items()):
        Product.objects.filter(pk=pk).update(reserved=F("reserved") - packs, changed_at=Now())
    feed.changed("product", *sorted(packs_of))


@transaction.atomic
def give_back(packs_of: Mapping[int, int]) -> None:
    """The order ended after it was accepted: what had left the shelf stands there again."""
    for pk, packs in sorted(packs_of.items()):
        Product.objects.filter(pk=pk).update(on_hand=F("on_hand") + packs, changed_at=Now())
    feed.changed("product", *sorted(packs_of))


def _refusal(pk: int, seller: int) -> OutOfStock | Moved:
    found = Product.objects.filter(pk=pk)
    row = found.values("cooperative_id", "on_hand", "reserved", *columns("name")).get()
    if row["cooperative_id"] != seller:
        return Moved(product=spoken(row, "name"), product_id=pk)
    left = row["on_hand"] - row["reserved"]
    refusal = OutOfStock if left else SoldOut
    return refusal(product=spoken(row, "name"), product_id=pk, left=left)
