"""STOCK 3 12"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taawon.catalogue.errors import BelowReserved
from taawon.catalogue.services import products
from taawon.sms import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("STOCK",)
FOR_SHOP = True


def run(turn: Turn) -> Reply:
    product = shop.product_of(turn)
    facts = {"product": product.number, "name": shop.name_of(product, turn)}
    if "quantity" not in turn.args:
        return Reply("how_many", {**facts, "stock": product.available, "price": product.price})
    now = turn.args["quantity"]
    was = product.on_hand
    try:
        products.change_stock(product.pk, now, by=turn.actor)
    except BelowReserved as refusal:
        return Reply("below_reserved", {**facts, "reserved": refusal.facts["reserved"]})
    if was == now:
        return Reply("stock_same", {**facts, "now": now})
    undo = {"intent": "STOCK", "product": product.number, "was": was, "now": now}
    return Reply("stock", {**facts, "now": now, "was": was}, undo=undo)


def undo(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """Only what the text itself changed: what was sold since stays sold."""
    turn.args["product"] = facts["product"]
    product = shop.product_of(turn)
    back = max(product.on_hand - facts["now"] + facts["was"], product.reserved)
    products.change_stock(product.pk, back, by=turn.actor)
    told = {"product": product.number, "name": shop.name_of(product, turn), "now": back}
    return Reply("undone_stock", told)
