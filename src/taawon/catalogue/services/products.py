"""The life of a product, from a draft to the archive, as its cooperative leads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from taawon.catalogue import locks, rules, values
from taawon.catalogue.errors import BelowReserved, NotReady, WrongState
from taawon.catalogue.events import (
    PriceChanged,
    ProductArchived,
    ProductDrafted,
    ProductDuplicated,
    ProductEdited,
    ProductEvent,
    ProductPaused,
    ProductPublished,
    ProductRestored,
    StockChanged,
)
from taawon.catalogue.models import Picture, Product
from taawon.catalogue.services import badges
from taawon.catalogue.states import State
from taawon.catalogue.values import Values
from taawon.cooperatives import rules as cooperatives
from taawon.cooperatives.errors import NoShop
from taawon.cooperatives.models import Shop
from taawon.cooperatives.rules import Lack
from taawon.cooperatives.states import ShopState
from taawon.core.actor import Actor
from taawon.core.languages import columns
from taawon.journal.record import record
from taawon.search import feed

# What a product never lacks once it is checked: a change of these alone is written at once.
_PLAIN = frozenset({"price_centimes", "on_hand", "low_stock", "content", "unit"})
_COPIED = (
    "category_id",
    "slug",
    "price_centimes",
    "content",
    "unit",
    "weight_grams",
    "low_stock",
    "cover",
    *columns("name"),
    *columns("description"),
)


@transaction.atomic
def draft(cooperative_id: int, *, by: Actor) -> Product:
    """An empty product with the next number of its cooperative. Raises NotFound, NoShop."""
    cooperatives.insist_on_selling(by, cooperative_id)
    product = _new(cooperative_id, slug="x", price_centimes=0, weight_grams=0)
    record(ProductDrafted(product_id=product.pk), by=by)
    return product


@transaction.atomic
def edit(product_id: int, *, by: Actor, **changes: Unpack[Values]) -> Product:
    """Change what is given (see values.Values), leave the rest; a published product stays complete.

    Raises NotFound, WrongState in the archive, Invalid, BelowReserved, NotReady.
    """
    product = locks.own(product_id, by)
    if product.state == State.ARCHIVED:
        raise WrongState(state=State.ARCHIVED.label, wanted=gettext("edited"))
    apply(product, values.columns_of(changes), by=by)
    return product


@transaction.atomic
def change_price(product_id: int, price_centimes: int, *, by: Actor) -> Product:
    """Raises NotFound, OutOfRange."""
    product = locks.own(product_id, by)
    apply(product, values.price(price_centimes), by=by)
    return product


@transaction.atomic
def change_stock(product_id: int, on_hand: int, *, by: Actor) -> Product:
    """So many packs stand on the shelf, those that are ordered included.

    Raises NotFound, OutOfRange, BelowReserved.
    """
    product = locks.own(product_id, by)
    apply(product, values.on_hand(on_hand), by=by)
    return product


@transaction.atomic
def publish(product_id: int, *, by: Actor) -> Product:
    """Raises NotFound, WrongState, NotReady (`codes` of what is missing)."""
    product = locks.own_with_cooperative(product_id, by)
    insist_on_complete(product)
    product.published_at = product.published_at or timezone.now()
    return _become(product, State.PUBLISHED, ProductPublished, by, "published_at")


@transaction.atomic
def pause(product_id: int, *, by: Actor) -> Product:
    """Raises NotFound, WrongState."""
    return _become(locks.own_with_cooperative(product_id, by), State.PAUSED, ProductPaused, by)


@transaction.atomic
def archive(product_id: int, *, by: Actor) -> Product:
    """Out of the way; orders keep what they hold. Raises NotFound, WrongState."""
    return _become(locks.own_with_cooperative(product_id, by), State.ARCHIVED, ProductArchived, by)


@transaction.atomic
def restore(product_id: int, *, by: Actor) -> Product:
    """From the archive back to a draft. Raises NotFound, WrongState."""
    return _become(locks.own_with_cooperative(product_id, by), State.DRAFT, ProductRestored, by)


@transaction.atomic
def duplicate(product_id: int, *, by: Actor) -> Product:
    """A draft with the same texts, price and pictures; without stock, certificates and reviews.

    Raises NotFound.
    """
    source = locks.own(product_id, by)
    product = _new(source.cooperative_id, **{name: getattr(source, name) for name in _COPIED})
    Picture.objects.bulk_create(
        Picture(
            product=product,
            key=picture.key,
            position=picture.position,
            width=picture.width,
            height=picture.height,
        )
        for picture in source.pictures.all()
    )
    record(ProductDuplicated(product_id=product.pk, source_id=source.pk), by=by)
    return product


def apply(product: Product, wanted: dict[str, Any], *, by: Actor) -> bool:
    """Write checked columns to a locked product; whether anything changed.

    Raises BelowReserved, NotReady.
    """
    changed = {name: value for name, value in wanted.items() if not _is(product, name, value)}
    if changed.get("on_hand", product.reserved) < product.reserved:
        raise BelowReserved(
            field="on_hand", reserved=product.reserved, product_id=product.pk, number=product.number
        )
    if not changed:
        return False
    events = _events(product, changed)
    watched = product.state == State.PUBLISHED and not _PLAIN.issuperset(changed)
    before = rules.missing(product) if watched else []
    for name, value in changed.items():
        setattr(product, name, value)
    if watched:
        _insist(lack for lack in rules.missing(product) if lack not in before)
    if any(name.startswith("name_") for name in changed):
        product.slug = values.slug_of(product)
    product.changed_at = timezone.now()
    product.save(update_fields=[*changed, "slug", "changed_at"])
    record(*events, by=by)
    feed.changed("product", product.pk)
    return True


def insist_on_complete(product: Product) -> None:
    """Raises NotReady with `codes` of what is missing."""
    _insist(rules.missing(product))


def _insist(missing: Iterable[Lack]) -> None:
    if lacks := list(missing):
        raise NotReady(
            missing=gettext(", ").join(str(lack.text) for lack in lacks),
            codes=[lack.code for lack in lacks],
        )


def _is(product: Product, name: str, value: Any) -> bool:
    """A text that was never written is an empty one."""
    current = getattr(product, name)
    return bool(current == value or (current is None and value == ""))


def _events(product: Product, changed: dict[str, Any]) -> list[ProductEvent]:
    events: list[ProductEvent] = []
    if "price_centimes" in changed:
        was, now = product.price_centimes, changed["price_centimes"]
        events.append(PriceChanged(product_id=product.pk, was=was, now=now))
    if "on_hand" in changed:
        was, now = product.on_hand, changed["on_hand"]
        events.append(StockChanged(product_id=product.pk, was=was, now=now))
    if fields := sorted(set(changed) - {"price_centimes", "on_hand"}):
        events.append(ProductEdited(product_id=product.pk, fields=fields))
    return events


def _become(
    product: Product, wanted: State, event: type[ProductEvent], by: Actor, *extra: str
) -> Product:
    product.become(wanted, *extra)
    record(event(product_id=product.pk), by=by)
    feed.changed("product", product.pk)
    badges.carry(product.cooperative_id)
    return product


def _new(cooperative_id: int, **fields: Any) -> Product:
    """The counter's row stays locked until the end, so that no number is given twice."""
    shop = Shop.objects.filter(pk=cooperative_id).exclude(state=ShopState.CLOSED)
    if not shop.update(last_product_number=F("last_product_number") + 1):
        raise NoShop
    number = shop.values_list("last_product_number", flat=True).get()
    return Product.objects.create(cooperative_id=cooperative_id, number=number, **fields)
