"""The national team holds a product back; its cooperative reads why, and answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from taawon.catalogue import locks, rules
from taawon.catalogue.errors import AlreadyHeld, NotHeld
from taawon.catalogue.events import HoldAnswered, HoldLifted, ProductHeld
from taawon.catalogue.models import Hold, Product
from taawon.catalogue.services import badges
from taawon.cooperatives import rules as cooperatives
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.locks import lock
from taawon.journal.record import record
from taawon.search import feed


@transaction.atomic
def hold(product_id: int, reason: str, *, by: Actor) -> Hold:
    """The product is hidden until the hold is lifted.

    Raises NotFound, NotAllowed, Missing, AlreadyHeld.
    """
    product = _supervised(product_id, by)
    why = written.lines(reason, field="reason", most=1000)
    if product.held:
        raise AlreadyHeld
    held = Hold.objects.create(product=product, reason=why)
    _mark(product, held=True)
    record(ProductHeld(product_id=product.pk, hold_id=held.pk), by=by)
    return held


@transaction.atomic
def answer(product_id: int, text: str, *, by: Actor) -> Hold:
    """What the cooperative says to it; a second answer replaces the first.

    Raises NotFound, NotHeld, Missing.
    """
    product = locks.own(product_id, by)
    held = _open(product)
    held.answer = written.lines(text, field="answer", most=1000)
    held.answered_at = timezone.now()
    held.save(update_fields=["answer", "answered_at"])
    record(HoldAnswered(product_id=product.pk, hold_id=held.pk), by=by)
    return held


@transaction.atomic
def lift(product_id: int, *, by: Actor) -> Hold:
    """Raises NotFound, NotAllowed, NotHeld."""
    product = _supervised(product_id, by)
    held = _open(product)
    held.lifted_at = timezone.now()
    held.save(update_fields=["lifted_at"])
    _mark(product, held=False)
    record(HoldLifted(product_id=product.pk, hold_id=held.pk), by=by)
    return held


def _supervised(product_id: int, by: Actor) -> Product:
    product = locks.with_cooperative(product_id)
    if not rules.may_hold(by, product):
        raise NotAllowed if cooperatives.in_the_team(by) else NotFound
    return product


def _open(product: Product) -> Hold:
    try:
        return lock(Hold, product_id=product.pk, lifted_at__isnull=True)
    except Hold.DoesNotExist:
        raise NotHeld from None


def _mark(product: Product, *, held: bool) -> None:
    product.held = held
    product.changed_at = timezone.now()
    product.save(update_fields=["held", "changed_at"])
    feed.changed("product", product.pk)
    badges.carry(product.cooperative_id)
