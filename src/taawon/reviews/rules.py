"""Who may say what of a product. Templates ask; services insist."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from taawon.catalogue.models import Product
from taawon.cooperatives import rules as cooperatives
from taawon.core.actor import Actor
from taawon.orders.models import OrderLine
from taawon.orders.states import State as OrderState
from taawon.reviews.models import Review

EDITABLE_FOR = timedelta(days=7)


def is_buyer(actor: Actor, line: OrderLine) -> bool:
    return actor.person_id is not None and line.order.buyer_id == actor.person_id


def may_review(actor: Actor, line: OrderLine) -> bool:
    """Whoever ordered it, once it is delivered, once a line of an order."""
    delivered = line.order.state == OrderState.DELIVERED
    return is_buyer(actor, line) and delivered and not has_review(line)


def has_review(line: OrderLine) -> bool:
    return Review.objects.filter(line_id=line.pk).exists()


def is_author(actor: Actor, review: Review) -> bool:
    return actor.person_id is not None and review.person_id == actor.person_id


def may_edit(actor: Actor, review: Review, now: datetime | None = None) -> bool:
    """Its author, for a week."""
    return is_author(actor, review) and (now or timezone.now()) < review.written_at + EDITABLE_FOR


def may_answer(actor: Actor, product: Product) -> bool:
    """Whoever speaks for the cooperative that sells it."""
    return cooperatives.may_sell(actor, product.cooperative_id)


def may_moderate(actor: Actor, product: Product) -> bool:
    """Editors and administrators, and the agent who looks after the cooperative."""
    return cooperatives.may_moderate(actor) or cooperatives.may_supervise(
        actor, product.cooperative_id
    )


def shown_name(name: str) -> str:
    """Fatima Zahra Bennani → Fatima B.; a single name stays; nothing of a phone number."""
    words = [word for word in name.split() if not any(sign.isdecimal() for sign in word)]
    if len(words) < 2:
        return "".join(words)[:60]
    return f"{words[0][:50]} {words[-1][0].upper()}."
