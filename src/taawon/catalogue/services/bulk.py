"""Prices and stock of many products at once, as in a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from taawon.catalogue import values
from taawon.catalogue.errors import BulkRefused, TooManyRows
from taawon.catalogue.models import Product
from taawon.catalogue.services import products
from taawon.cooperatives import rules as cooperatives
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound, Refused
from taawon.core.locks import lock_all

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A product by its number within the cooperative; what is None stays as it is."""

    number: int
    price_centimes: int | None = None
    on_hand: int | None = None
    low_stock: int | None = None


_READ: dict[str, Callable[[int], dict[str, int]]] = {
    "price_centimes": values.price,
    "on_hand": values.on_hand,
    "low_stock": values.low_stock,
}


@transaction.atomic
def bulk_edit(cooperative_id: int, rows: Sequence[Row], *, by: Actor) -> list[int]:
    """Change all rows or none; the ids of the products that are different now.

    Raises NotFound, TooManyRows, and BulkRefused with every error of every row.
    """
    cooperatives.insist_on_selling(by, cooperative_id)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    numbers = [row.number for row in rows]
    theirs = Product.objects.filter(cooperative_id=cooperative_id, number__in=numbers)
    locked = lock_all(Product, theirs.values_list("pk", flat=True))
    by_number = {product.number: product for product in locked.values()}
    errors: defaultdict[int, list[Refused]] = defaultdict(list)
    changed = []
    for row in rows:
        product = by_number.pop(row.number, None)
        if product is None:  # Unknown, or named twice.
            missing = row.number not in {one.number for one in locked.values()}
            errors[row.number].append(NotFound() if missing else Invalid(field="number"))
            continue
        wanted = _wanted(row, errors[row.number])
        try:
            if products.apply(product, wanted, by=by):
                changed.append(product.pk)
        except Refused as refusal:
            errors[row.number].append(refusal)
    if found := {number: list(refusals) for number, refusals in errors.items() if refusals}:
        raise BulkRefused(errors=found)
    return changed


def _wanted(row: Row, errors: list[Refused]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for field, read in _READ.items():
        value = getattr(row, field)
        if value is None:
            continue
        try:
            wanted |= read(value)
        except Refused as refusal:
            errors.append(refusal)
    return wanted
