"""What people put in their baskets."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from taawon.catalogue.queries import visible
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock, lock_or_not_found
from taawon.core.prepared import Prepared, insert, prepared_update
from taawon.orders.errors import WrongQuantity
from taawon.orders.models import Basket, BasketLine

MOST = 999
MOST_LINES = 100
GUEST_BASKETS_LAST = timedelta(days=180)


def open_basket(*, by: Actor) -> Basket:
    """The person's own basket, or a new one for a guest."""
    if by.person_id is None:
        [new] = insert([Basket(token=_token())])
        return new
    basket, _new = Basket.objects.get_or_create(
        person_id=by.person_id, defaults={"token": _token()}
    )
    return basket


@transaction.atomic
def put(basket_id: int, product_id: int, quantity: int, *, by: Actor) -> None:
    """Set the packs of a product, 0 removes it. Raises WrongQuantity, NotFound.

    More than is left may be wished for: the basket says so, and the order refuses.
    """
    if not 0 <= quantity <= MOST:
        raise WrongQuantity(field="quantity")
    basket = _hold(basket_id, by)
    if quantity == 0:
        basket.lines.filter(product_id=product_id).delete()
    else:
        _set(basket, product_id, quantity)
    _touch(basket)


@transaction.atomic
def add(basket_id: int, product_id: int, quantity: int, *, by: Actor) -> int:
    """Add packs to those already there, 999 at most; how many there are now."""
    if not 1 <= quantity <= MOST:
        raise WrongQuantity(field="quantity")
    basket = _hold(basket_id, by)
    there = basket.lines.filter(product_id=product_id).values_list("quantity", flat=True).first()
    total = min((there or 0) + quantity, MOST)
    _set(basket, product_id, total)
    _touch(basket)
    return total


@transaction.atomic
def accept_prices(basket_id: int, *, by: Actor) -> None:
    """The person has seen today's prices."""
    basket = _hold(basket_id, by)
    for line in basket.lines.select_related("product"):
        if line.seen_price_centimes != line.product.price_centimes:
            line.seen_price_centimes = line.product.price_centimes
            line.save(update_fields=["seen_price_centimes"])


@transaction.atomic
def merge(guest_token: str, *, by: Actor) -> Basket:
    """After login: what the guest chose joins the person's basket, the larger quantity of each."""
    mine = open_basket(by=by)
    guest = Basket.objects.filter(token=guest_token, person__isnull=True).first()
    if guest is None:
        return mine
    for pk in sorted((mine.pk, guest.pk)):
        lock(Basket, pk=pk)
    have = dict(mine.lines.values_list("product_id", "quantity"))
    for line in guest.lines.all():
        _keep(mine, line, have.get(line.product_id, 0))
    guest.lines.all().delete()
    _touch(mine)
    return mine


def forget_old() -> int:
    """Guests' baskets that nobody touched for half a year."""
    old = Basket.objects.filter(
        person__isnull=True, changed_at__lt=timezone.now() - GUEST_BASKETS_LAST
    )
    return old.delete()[0]


def _keep(basket: Basket, line: BasketLine, have: int) -> None:
    BasketLine.objects.update_or_create(
        basket=basket,
        product_id=line.product_id,
        defaults={
            "quantity": max(line.quantity, have),
            "seen_price_centimes": line.seen_price_centimes,
        },
    )


def _set(basket: Basket, product_id: int, quantity: int) -> None:
    sold = _price(product_id)
    if not sold:
        raise NotFound(product_id=product_id)
    price = sold[0]["price_centimes"]
    there = {row["product_id"]: row["pk"] for row in _lines(basket.pk)}
    if product_id in there:
        _change(there[product_id], quantity, price)
    elif len(there) >= MOST_LINES:
        raise WrongQuantity(field="quantity")
    else:
        line = BasketLine(
            basket=basket, product_id=product_id, quantity=quantity, seen_price_centimes=price
        )
        insert([line])


_price = Prepared(lambda pk: visible().filter(pk=pk).values("price_centimes"))
_lines = Prepared(
    lambda basket: BasketLine.objects.filter(basket_id=basket).order_by().values("product_id", "pk")
)
_change = prepared_update(
    lambda pk, quantity, price: (
        BasketLine.objects.filter(pk=pk),
        {"quantity": quantity, "seen_price_centimes": price},
    )
)


def _hold(basket_id: int, by: Actor) -> Basket:
    basket = lock_or_not_found(Basket, pk=basket_id)
    if basket.person_id is not None and basket.person_id != by.person_id:
        raise NotFound
    return basket


def _touch(basket: Basket) -> None:
    """Old baskets are forgotten after months: a day's precision will do."""
    now = timezone.now()
    if now - basket.changed_at > timedelta(days=1):
        Basket.objects.filter(pk=basket.pk).update(changed_at=now)


def _token() -> str:
    return secrets.token_urlsafe(24)
