"""PRIX 3 85,50: a code confirms a step of more than 30 %."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from taawon.catalogue.events import PriceChanged
from taawon.catalogue.models import Product
from taawon.catalogue.services import products
from taawon.core.money import Money
from taawon.journal import queries as journal
from taawon.sms import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("PRICE",)
FOR_SHOP = True
LARGE_STEP_PERCENT = 30


def run(turn: Turn) -> Reply:
    product = shop.product_of(turn)
    facts = {"product": product.number, "name": shop.name_of(product, turn)}
    if "price_centimes" not in turn.args:
        return Reply("how_many", {**facts, "stock": product.available, "price": product.price})
    was, now = product.price_centimes, turn.args["price_centimes"]
    step = {"was": Money(was), "now": Money(now)}
    if was == now:
        return Reply("price_same", {**facts, **step})
    if not turn.confirmed and any(_is_large(now, one) for one in _lately(product)):
        percent = f"{round((now - was) * 100 / was):+d}"
        return Reply("price_code", {**facts, **step, "percent": percent}, risky=True)
    products.change_price(product.pk, now, by=turn.actor)
    undo = {"intent": "PRICE", "product": product.number, "was": was, "now": now}
    return Reply("price", {**facts, **step}, undo=undo)


def _lately(product: Product) -> list[int]:
    """The price, and what it was within a day: many small steps are a large one."""
    since = timezone.now() - timedelta(days=1)
    changes = journal.of_subject(f"catalogue.product:{product.pk}").filter(
        name=PriceChanged.name, happened_at__gte=since
    )
    return [product.price_centimes, *(entry.facts["was"] for entry in changes)]


def _is_large(now: int, was: int) -> bool:
    return bool(was) and abs(now - was) * 100 > LARGE_STEP_PERCENT * was


def undo(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    turn.args["product"] = facts["product"]
    product = shop.product_of(turn)
    if product.price_centimes != facts["now"]:
        return Reply("nothing_to_undo")  # Somebody has set another one since.
    products.change_price(product.pk, facts["was"], by=turn.actor)
    told = {"product": product.number, "name": shop.name_of(product, turn)}
    return Reply("undone_price", {**told, "now": Money(facts["was"])})
