"""From basket to orders, one for each cooperative."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction
from django.db.models import F

from taawon.catalogue.errors import Moved, NotForSale
from taawon.catalogue.services import stock
from taawon.core import phone as phones
from taawon.core.actor import Actor
from taawon.core.errors import Missing, NotFound
from taawon.core.languages import LANGUAGES
from taawon.core.locks import lock_all, lock_or_not_found
from taawon.core.prepared import PreparedModels, insert, prepared_delete, prepared_update
from taawon.core.text import clean, random_code
from taawon.journal.record import record
from taawon.orders import pricing
from taawon.orders.errors import EmptyBasket, KeyUsedOtherwise, NoPickup, TotalChanged
from taawon.orders.events import OrderPlaced
from taawon.orders.models import Basket, BasketLine, Checkout, Order, OrderCounter, OrderLine, Step
from taawon.orders.pricing import Part, Priced
from taawon.orders.states import Delivery, State
from taawon.places.queries import regions

# How often an order is tried anew because its products went to another cooperative meanwhile.
MOST_MOVES = 2


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders, as typed. Name, phone and `region` (MA-01 … MA-12) are always needed."""

    name: str
    phone: str
    region: str
    town: str = ""
    address: str = ""
    note: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Wish:
    """All that is asked for when "order" is pressed; pick-up by cooperative id, else by parcel."""

    buyer: Buyer
    deliveries: Mapping[int, Delivery] = field(default_factory=dict)
    expected_total_centimes: int | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same wish."""
        said = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def place(basket_id: int, wish: Wish, *, key: str, by: Actor) -> Checkout:
    """Turn a basket into orders, once for each `key`: pressing again answers the same checkout.

    Raises Invalid (with its field), EmptyBasket, NotForSale, OutOfStock, NoPickup, TotalChanged,
    KeyUsedOtherwise; a refusal changes nothing.
    """
    buyer = checked(wish.buyer, parcels=False)
    for _again in range(MOST_MOVES):
        try:
            return _attempt(basket_id, wish, buyer, key=key, by=by)
        except Moved:  # Its entry was merged, or a merge was undone, while we looked.
            continue
    return _attempt(basket_id, wish, buyer, key=key, by=by)


def _attempt(basket_id: int, wish: Wish, buyer: Buyer, *, key: str, by: Actor) -> Checkout:
    with transaction.atomic():
        basket = _hold(basket_id, by)
        if (done := _of_key.first(basket.pk, key)) is not None:
            if done.fingerprint != wish.fingerprint:
                raise KeyUsedOtherwise
            return done
        priced = pricing.price(basket, to_region=buyer.region, deliveries=wish.deliveries)
        _insist(priced, wish, buyer)
        secret = secrets.token_urlsafe(18)
        checkout = Checkout(basket=basket, key=key, fingerprint=wish.fingerprint, secret=secret)
        insert([checkout])
        _place(checkout, priced, buyer, by)
        _empty(basket.pk)
        stock.reserve(
            {line.product_id: line.quantity for line in priced.lines},
            sellers={
                line.product_id: part.cooperative_id for part in priced.parts for line in part.lines
            },
        )
    return checkout


_of_key = PreparedModels(lambda basket, key: Checkout.objects.filter(basket_id=basket, key=key))
_empty = prepared_delete(lambda basket: BasketLine.objects.filter(basket_id=basket))


def checked(buyer: Buyer, *, parcels: bool) -> Buyer:
    """Cleaned and complete, or Invalid with the first field that is wrong."""
    tidy = replace(
        buyer,
        name=clean(buyer.name)[:120],
        town=clean(buyer.town)[:120],
        address=clean(buyer.address)[:300],
        note=clean(buyer.note)[:300],
        language=buyer.language if buyer.language in LANGUAGES else "fr",
    )
    if not tidy.name:
        raise Missing(field="name")
    tidy = replace(tidy, phone=phones.normalise(tidy.phone))
    if tidy.region not in regions():
        raise Missing(field="region")
    if parcels and not tidy.town:
        raise Missing(field="town")
    return tidy


def _insist(priced: Priced, wish: Wish, buyer: Buyer) -> None:
    if not priced.parts:
        raise EmptyBasket
    for line in priced.lines:
        if not line.for_sale:
            raise NotForSale(product=line.name, product_id=line.product_id)
    for part in priced.parts:
        if part.delivery == Delivery.PICKUP and not part.offers_pickup:
            raise NoPickup(cooperative=part.cooperative_name)
    if any(part.delivery == Delivery.PARCEL for part in priced.parts):
        checked(buyer, parcels=True)
    expected = wish.expected_total_centimes
    if expected is not None and expected != priced.total_centimes:
        raise TotalChanged(was=expected, now=priced.total_centimes)


def _place(checkout: Checkout, priced: Priced, buyer: Buyer, by: Actor) -> None:
    numbers = _next_numbers([part.cooperative_id for part in priced.parts])
    orders = insert(
        _order(checkout, part, buyer, numbers[part.cooperative_id], by) for part in priced.parts
    )
    insert(
        OrderLine(
            order=order,
            product_id=line.product_id,
            name=line.name[:200],
            number=line.number,
            cover=line.cover,
            price_centimes=line.price_centimes,
            quantity=line.quantity,
            weight_grams=line.weight_grams,
        )
        for order, part in zip(orders, priced.parts, strict=True)
        for line in part.lines
    )
    insert(
        Step(order=order, state=State.PLACED, at=order.placed_at, by="buyer") for order in orders
    )
    placed = [
        OrderPlaced(
            order_id=order.pk,
            cooperative_id=order.cooperative_id,
            total_centimes=order.total_centimes,
        )
        for order in orders
    ]
    record(*placed, by=by)


def _order(checkout: Checkout, part: Part, buyer: Buyer, number: int, by: Actor) -> Order:
    return Order(
        code=random_code(8),
        number=number,
        secret=secrets.token_urlsafe(18),
        checkout=checkout,
        buyer_id=by.person_id,
        cooperative_id=part.cooperative_id,
        name=buyer.name,
        phone=buyer.phone,
        language=buyer.language,
        region_id=buyer.region,
        town=buyer.town,
        address=buyer.address,
        note=buyer.note,
        delivery=part.delivery,
        items_centimes=part.items_centimes,
        shipping_centimes=part.shipping_centimes,
        total_centimes=part.total_centimes,
        days_from=part.days_from,
        days_to=part.days_to,
    )


def _next_numbers(cooperative_ids: Sequence[int]) -> dict[int, int]:
    """The next order number of each cooperative; counters are locked in the order of ids."""
    counters = lock_all(OrderCounter, cooperative_ids)
    new = [pk for pk in cooperative_ids if pk not in counters]
    if new:
        OrderCounter.objects.bulk_create(
            [OrderCounter(cooperative_id=pk) for pk in sorted(new)], ignore_conflicts=True
        )
        counters = lock_all(OrderCounter, cooperative_ids)
    _count_on(*counters)
    return {pk: counter.last + 1 for pk, counter in counters.items()}


_count_on = prepared_update(
    lambda *pks: (OrderCounter.objects.filter(pk__in=pks), {"last": F("last") + 1})
)


def _hold(basket_id: int, by: Actor) -> Basket:
    basket = lock_or_not_found(Basket, pk=basket_id)
    if basket.person_id is not None and basket.person_id != by.person_id:
        raise NotFound
    return basket
