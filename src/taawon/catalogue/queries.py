"""What can be read of products. Every list on a screen starts here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from taawon.catalogue.models import Favourite, Picture, Product
from taawon.catalogue.states import State
from taawon.cooperatives.states import ShopState
from taawon.core.actor import Actor
from taawon.core.languages import columns, spoken
from taawon.core.money import per
from taawon.core.prepared import Prepared, PreparedModels

CARD = (
    "pk",
    "slug",
    "number",
    "price_centimes",
    "content",
    "unit",
    "weight_grams",
    "on_hand",
    "reserved",
    "cover",
    "label_codes",
    "category_id",
    "rating_sum",
    "rating_count",
    "cooperative_id",
    "cooperative__slug",
    "cooperative__is_womens",
    "cooperative__province_id",
    "cooperative__region_id",
    "cooperative__shop__paused_until",
    *columns("name"),
    *columns("cooperative__name"),
)
# What one price a unit is told for: a kilogram, a litre, a piece.
_BASE = {"g": 1000, "ml": 1000, "piece": 1}


@dataclass(frozen=True, slots=True)
class Card:
    """A product as lists show it: flat, so that 24 of them are one query. Money in centimes."""

    id: int
    slug: str
    number: int
    names: Mapping[str, str]
    price_centimes: int
    content: int
    unit: str
    weight_grams: int
    available: int
    cover: str
    label_codes: Sequence[str]
    category_id: int
    rating_sum: int
    rating_count: int
    cooperative_id: int
    cooperative_slug: str
    cooperative_names: Mapping[str, str]
    is_womens: bool
    province_code: str
    region_code: str
    paused: bool

    @property
    def name(self) -> str:
        return spoken(self.names, "name")

    @property
    def cooperative_name(self) -> str:
        return spoken(self.cooperative_names, "name")

    @property
    def slug_id(self) -> str:
        return f"{self.slug}-{self.id}"

    @property
    def unit_price_centimes(self) -> int | None:
        """The price a kilogram, litre or piece; None where the pack is just that."""
        return unit_price(self.price_centimes, self.content, self.unit)


def unit_price(price_centimes: int, content: int, unit: str) -> int | None:
    """Centimes a kilogram, litre or piece; None where the pack is just that."""
    base = _BASE[unit]
    return None if content == base else per(price_centimes, content, base)


def visible() -> QuerySet[Product]:
    """What anybody may see: published, not held, in an open shop."""
    return Product.objects.filter(
        state=State.PUBLISHED, held=False, cooperative__shop__state=ShopState.OPEN
    )


_cards = Prepared(lambda *ids: visible().filter(pk__in=ids).values(*CARD))


def cards(ids: Iterable[int]) -> list[Card]:
    """Visible products in the order of the ids; one query."""
    order = {pk: place for place, pk in enumerate(ids)}
    found = [_card(row) for row in _cards(*order)] if order else []
    return sorted(found, key=lambda card: order[card.id])


@cache
def _newest(most: int, *columns: str) -> Prepared:
    def build(*values: int) -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = visible().filter(**dict(zip(columns, values, strict=True)))
        return rows.order_by("-published_at", "-pk").values(*CARD)[:most]

    return Prepared(build)


def newest_cards(most: int, **where: int) -> list[Card]:
    """The newest visible products; `where` narrows (category_id=…, cooperative_id=…)."""
    rows = _newest(most, *where)(*where.values())
    return [_card(row) for row in rows]


def _page(pk: int) -> QuerySet[Product]:
    return visible().select_related("cooperative__shop", "category").filter(pk=pk)


_page_of_anybody = PreparedModels(_page)
_page_of_person = PreparedModels(
    lambda pk, person: _page(pk).annotate(
        is_favourite=Exists(Favourite.objects.filter(person_id=person, product_id=OuterRef("pk")))
    )
)


def product_page(product_id: int, person_id: int | None = None) -> Product | None:
    """A visible product with its cooperative, shop and category, in one query.

    For a person, `is_favourite` says whether it is among theirs.
    """
    if person_id is None:
        return next(iter(_page_of_anybody(product_id)), None)
    return next(iter(_page_of_person(product_id, person_id)), None)


def picture_keys(product_id: int) -> list[str]:
    """The keys of a product's pictures in their order; one query."""
    return [row["key"] for row in _picture_keys(product_id)]


_picture_keys = Prepared(lambda pk: Picture.objects.filter(product_id=pk).values("key"))


def favourite_cards(by: Actor, most: int = 100) -> list[Card]:
    """A person's favourites, newest first; what is not for sale any more is left out."""
    if by.person_id is None:
        return []
    mine = visible().filter(favourites__person_id=by.person_id).order_by("-favourites__since")
    return [_card(row) for row in mine.values(*CARD)[:most]]


def plain_search(words: Sequence[str], where: Mapping[str, Any], most: int) -> list[int]:
    """What serves while the index is being built: capped, and without counts of facets."""
    rows = visible().filter(**where)
    for word in words:
        named = Q()
        for column in (*columns("name"), *columns("cooperative__name")):
            named |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(named)
    return list(rows.order_by("-published_at", "-pk").values_list("pk", flat=True)[:most])


def low_stock(cooperative_id: int) -> QuerySet[Product]:
    """Published products of a shop that are nearly or wholly sold out."""
    mine = Product.objects.filter(cooperative_id=cooperative_id, state=State.PUBLISHED)
    return mine.filter(on_hand__lte=F("reserved") + F("low_stock")).order_by("on_hand", "number")


def _card(row: Mapping[str, Any]) -> Card:
    until = row["cooperative__shop__paused_until"]
    paused = until is not None and until >= timezone.localdate()
    return Card(
        id=row["pk"],
        slug=row["slug"],
        number=row["number"],
        names={name: row[name] for name in columns("name")},
        price_centimes=row["price_centimes"],
        content=row["content"],
        unit=row["unit"],
        weight_grams=row["weight_grams"],
        available=0 if paused else row["on_hand"] - row["reserved"],
        cover=row["cover"],
        label_codes=row["label_codes"],
        category_id=row["category_id"],
        rating_sum=row["rating_sum"],
        rating_count=row["rating_count"],
        cooperative_id=row["cooperative_id"],
        cooperative_slug=row["cooperative__slug"],
        cooperative_names={name: row[f"cooperative__{name}"] for name in columns("name")},
        is_womens=row["cooperative__is_womens"],
        province_code=row["cooperative__province_id"],
        region_code=row["cooperative__region_id"],
        paused=paused,
    )


def addresses(start: int, most: int) -> list[tuple[str, int]]:
    """(slug, id) of visible products, for the sitemap."""
    return list(visible().order_by("pk").values_list("slug", "pk")[start : start + most])
