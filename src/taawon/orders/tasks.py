"""What the clock does with orders and baskets."""

from __future__ import annotations

from taawon.core.actor import Actor
from taawon.journal.clock import every
from taawon.orders.services import baskets, fulfilment


@every(seconds=60)
def expire_unanswered_orders() -> None:
    fulfilment.expire_due(by=Actor.system())


@every(seconds=24 * 3600)
def forget_old_baskets() -> None:
    baskets.forget_old()
