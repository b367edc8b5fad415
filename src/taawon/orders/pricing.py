"""A basket as it stands: split by cooperative, with fees, and what is in the way of an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone

from taawon.catalogue.states import State as ProductState
from taawon.cooperatives.states import ShopState
from taawon.core.languages import columns, spoken
from taawon.core.prepared import Prepared
from taawon.orders.models import Basket, BasketLine
from taawon.orders.states import Delivery
from taawon.shipping.queries import PICKUP, Quote, quote

_FIELDS = (
    "product_id",
    "quantity",
    "seen_price_centimes",
    "product__number",
    "product__slug",
    "product__state",
    "product__held",
    "product__price_centimes",
    "product__weight_grams",
    "product__content",
    "product__unit",
    "product__on_hand",
    "product__reserved",
    "product__cover",
    "product__cooperative_id",
    "product__cooperative__slug",
    "product__cooperative__region_id",
    "product__cooperative__province_id",
    "product__cooperative__shop__state",
    "product__cooperative__shop__paused_until",
    "product__cooperative__shop__offers_pickup",
    "product__cooperative__shop__pickup_place",
    "product__cooperative__shop__days_to_prepare",
    *columns("product__name"),
    *columns("product__cooperative__name"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a basket. `problem`: "", "sold-out", "too-many" or "not-for-sale"."""

    row: Mapping[str, Any]

    @property
    def product_id(self) -> int:
        return int(self.row["product_id"])

    @property
    def number(self) -> int:
        return int(self.row["product__number"])

    @property
    def slug_id(self) -> str:
        return f"{self.row['product__slug']}-{self.product_id}"

    @property
    def name(self) -> str:
        return spoken(self.row, "product__name")

    @property
    def cover(self) -> str:
        return str(self.row["product__cover"])

    @property
    def content(self) -> int:
        return int(self.row["product__content"])

    @property
    def unit(self) -> str:
        return str(self.row["product__unit"])

    @property
    def quantity(self) -> int:
        return int(self.row["quantity"])

    @property
    def price_centimes(self) -> int:
        return int(self.row["product__price_centimes"])

    @property
    def seen_price_centimes(self) -> int:
        return int(self.row["seen_price_centimes"])

    @property
    def price_changed(self) -> bool:
        return self.price_centimes != self.seen_price_centimes

    @property
    def amount_centimes(self) -> int:
        return self.price_centimes * self.quantity

    @property
    def weight_grams(self) -> int:
        return int(self.row["product__weight_grams"])

    @property
    def left(self) -> int:
        return int(self.row["product__on_hand"] - self.row["product__reserved"])

    @property
    def for_sale(self) -> bool:
        until = self.row["product__cooperative__shop__paused_until"]
        return (
            self.row["product__state"] == ProductState.PUBLISHED
            and not self.row["product__held"]
            and self.row["product__cooperative__shop__state"] == ShopState.OPEN
            and not (until is not None and until >= timezone.localdate())
        )

    @property
    def problem(self) -> str:
        if not self.for_sale:
            return "not-for-sale"
        if self.left <= 0:
            return "sold-out"
        return "too-many" if self.quantity > self.left else ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one cooperative sends. `shipping` is None while nobody has said where to."""

    cooperative_id: int
    lines: Sequence[Line]
    delivery: Delivery = Delivery.PARCEL
    shipping: Quote | None = None

    @property
    def key(self) -> str:
        """For the names of form fields."""
        return str(self.cooperative_id)

    @property
    def _row(self) -> Mapping[str, Any]:
        return self.lines[0].row

    @property
    def cooperative_name(self) -> str:
        return spoken(self._row, "product__cooperative__name")

    @property
    def cooperative_slug_id(self) -> str:
        return f"{self._row['product__cooperative__slug']}-{self.cooperative_id}"

    @property
    def province_code(self) -> str:
        return str(self._row["product__cooperative__province_id"])

    @property
    def region_code(self) -> str:
        return str(self._row["product__cooperative__region_id"])

    @property
    def offers_pickup(self) -> bool:
        return bool(self._row["product__cooperative__shop__offers_pickup"])

    @property
    def pickup_place(self) -> str:
        return str(self._row["product__cooperative__shop__pickup_place"] or "")

    @property
    def days_to_prepare(self) -> int:
        return int(self._row["product__cooperative__shop__days_to_prepare"] or 0)

    @property
    def paused_until(self) -> Any:
        until = self._row["product__cooperative__shop__paused_until"]
        return until if until is not None and until >= timezone.localdate() else None

    @property
    def weight_grams(self) -> int:
        return sum(line.weight_grams * line.quantity for line in self.lines)

    @property
    def items_centimes(self) -> int:
        return sum(line.amount_centimes for line in self.lines)

    @property
    def shipping_centimes(self) -> int:
        return self.shipping.fee_centimes if self.shipping else 0

    @property
    def total_centimes(self) -> int:
        return self.items_centimes + self.shipping_centimes

    @property
    def days_from(self) -> int:
        return self.days_to_prepare + (self.shipping.days_from if self.shipping else 0)

    @property
    def days_to(self) -> int:
        return self.days_to_prepare + (self.shipping.days_to if self.shipping else 0)


@dataclass(frozen=True, slots=True)
class Priced:
    """A whole basket; amounts in centimes."""

    parts: Sequence[Part] = field(default_factory=tuple)

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def count(self) -> int:
        """Packs in all."""
        return sum(line.quantity for line in self.lines)

    @property
    def items_centimes(self) -> int:
        return sum(part.items_centimes for part in self.parts)

    @property
    def shipping_centimes(self) -> int:
        return sum(part.shipping_centimes for part in self.parts)

    @property
    def total_centimes(self) -> int:
        return sum(part.total_centimes for part in self.parts)

    @property
    def problems(self) -> list[Line]:
        return [line for line in self.lines if line.problem]

    @property
    def price_changes(self) -> list[Line]:
        return [line for line in self.lines if line.price_changed]


_rows = Prepared(
    lambda basket: (
        BasketLine.objects.filter(basket_id=basket)
        .order_by("product__cooperative_id", "pk")
        .values(*_FIELDS)
    )
)


def price(
    basket: Basket, *, to_region: str = "", deliveries: Mapping[int, Delivery] | None = None
) -> Priced:
    """One query. Without `to_region` (MA-01 …) there are no fees yet."""
    rows = _rows(basket.pk)
    chosen = deliveries or {}
    return Priced(
        parts=tuple(
            _part(cooperative_id, [Line(row) for row in theirs], to_region, chosen)
            for cooperative_id, theirs in groupby(
                rows, key=lambda row: int(row["product__cooperative_id"])
            )
        )
    )


def _part(
    cooperative_id: int, lines: list[Line], to_region: str, chosen: Mapping[int, Delivery]
) -> Part:
    part = Part(cooperative_id, lines, chosen.get(cooperative_id, Delivery.PARCEL))
    if part.delivery == Delivery.PICKUP:
        shipping: Quote | None = PICKUP
    elif to_region:
        shipping = quote(part.weight_grams, from_region=part.region_code, to_region=to_region)
    else:
        shipping = None
    return Part(cooperative_id, lines, part.delivery, shipping)
