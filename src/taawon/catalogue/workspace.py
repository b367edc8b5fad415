"""What a cooperative sees of its own products. The caller asks may_sell, unless `by` is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from taawon.catalogue import rules
from taawon.catalogue.models import Hold, Product
from taawon.catalogue.states import State
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.languages import columns, spoken
from taawon.core.prepared import PreparedModels

LOW = "low"
HELD = "held"
_ROW = (
    "pk",
    "number",
    "slug",
    "state",
    "held",
    "price_centimes",
    "on_hand",
    "reserved",
    "low_stock",
    "cover",
    "category_id",
    "changed_at",
    *columns("name"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A product as its cooperative sees it in lists and tables: flat. Money in centimes."""

    id: int
    number: int
    slug: str
    names: Mapping[str, str]
    state: State
    held: bool
    price_centimes: int
    on_hand: int
    reserved: int
    low_stock: int
    cover: str
    category_id: int | None
    changed_at: datetime

    @property
    def name(self) -> str:
        return spoken(self.names, "name")

    def name_in(self, language: str) -> str:
        return spoken(self.names, "name", language)

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved

    @property
    def is_low(self) -> bool:
        return self.state == State.PUBLISHED and self.available <= self.low_stock

    @property
    def slug_id(self) -> str:
        return f"{self.slug}-{self.id}"


def products(cooperative_id: int, *, only: str = "", words: str = "") -> QuerySet[Product]:
    """A cooperative's products, the newest first; `only` is a state, "low" or "held".

    Without `only`, all but those in the archive. `words` stand in a name, or are a number.
    """
    found = Product.objects.filter(cooperative_id=cooperative_id).order_by("-number")
    if only == LOW:
        found = found.filter(_is_low())
    elif only == HELD:
        found = found.filter(held=True)
    elif only in State.values:
        found = found.filter(state=only)
    else:
        found = found.exclude(state=State.ARCHIVED)
    for word in words.split()[:6]:
        named = Q(number=int(word)) if word.isdecimal() and len(word) < 10 else Q()
        for column in columns("name"):
            named |= Q(**{f"{column}__icontains": word})
        found = found.filter(named)
    return found


def rows(found: QuerySet[Product]) -> list[Row]:
    """A page of `products(…)`, sliced by the caller; one query."""
    return [_row(row) for row in found.values(*_ROW)]


def every_row(cooperative_id: int) -> Iterator[Row]:
    """All products by number, the archive included, with flat memory: for exports."""
    found = Product.objects.filter(cooperative_id=cooperative_id).order_by("number")
    for row in found.values(*_ROW).iterator(chunk_size=500):
        yield _row(row)


def low_stock(cooperative_id: int) -> list[Row]:
    """Published products that are nearly or wholly sold out, the emptiest first."""
    found = Product.objects.filter(_is_low(), cooperative_id=cooperative_id)
    return rows(found.order_by(F("on_hand") - F("reserved"), "number"))


def counts(cooperative_id: int) -> dict[str, int]:
    """How many products are in each state, "low" and "held"; one query."""
    asked = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    asked |= {LOW: Count("pk", filter=_is_low()), HELD: Count("pk", filter=Q(held=True))}
    return Product.objects.filter(cooperative_id=cooperative_id).aggregate(**asked)


def product(product_id: int, *, by: Actor) -> Product:
    """One product with pictures and certificates, for whoever may edit it. Raises NotFound."""
    found = (
        Product.objects.select_related("category", "cooperative__shop")
        .prefetch_related("pictures", "certificates__label")
        .filter(pk=product_id)
        .first()
    )
    if found is None or not rules.may_edit(by, found):
        raise NotFound
    return found


def by_number(cooperative_id: int, number: int) -> Product | None:
    """A product by the number that its cooperative knows it by, the archive left out."""
    return _by_number.first(cooperative_id, number)


_by_number = PreparedModels(
    lambda cooperative_id, number: Product.objects.filter(
        cooperative_id=cooperative_id, number=number
    ).exclude(state=State.ARCHIVED)
)


def bare(product_id: int) -> Product:
    """A product without its parts; one query. Raises NotFound."""
    found = Product.objects.filter(pk=product_id).first()
    if found is None:
        raise NotFound
    return found


def open_holds(cooperative_id: int) -> QuerySet[Hold]:
    """Why the national team holds products of a cooperative back, oldest first."""
    held = Hold.objects.filter(product__cooperative_id=cooperative_id, lifted_at__isnull=True)
    return held.select_related("product").order_by("pk")


def holds_of(product_id: int) -> QuerySet[Hold]:
    """All holds of a product, newest first."""
    return Hold.objects.filter(product_id=product_id).order_by("-pk")


def open_hold(product_id: int) -> Hold | None:
    return holds_of(product_id).filter(lifted_at__isnull=True).first()


def holds_waiting(region_code: str | None = None) -> QuerySet[Hold]:
    """Open holds for the national team, answered ones first."""
    held = Hold.objects.filter(lifted_at__isnull=True).select_related("product__cooperative")
    if region_code:
        held = held.filter(product__cooperative__region_id=region_code)
    return held.order_by(F("answered_at").asc(nulls_last=True), "pk")


def _is_low() -> Q:
    return Q(state=State.PUBLISHED, on_hand__lte=F("reserved") + F("low_stock"))


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        id=row["pk"],
        number=row["number"],
        slug=row["slug"],
        names={name: row[name] for name in columns("name")},
        state=State(row["state"]),
        held=row["held"],
        price_centimes=row["price_centimes"],
        on_hand=row["on_hand"],
        reserved=row["reserved"],
        low_stock=row["low_stock"],
        cover=row["cover"],
        category_id=row["category_id"],
        changed_at=row["changed_at"],
    )
