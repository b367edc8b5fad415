"""PRODUITS: number, name, price and stock of each."""

from __future__ import annotations

from taawon.catalogue import workspace
from taawon.core.money import Money
from taawon.messaging.fitting import Name
from taawon.messaging.rules import segments
from taawon.sms import says
from taawon.sms.turns import Reply, Turn

INTENTS = ("PRODUCTS",)
FOR_SHOP = True
MOST_SEGMENTS = 2
MOST_ROWS = 30
NAME_LETTERS = 14


def run(turn: Turn) -> Reply:
    rows = workspace.rows(workspace.products(turn.cooperative_id).order_by("number")[:MOST_ROWS])
    if not rows:
        return Reply("products_none")
    said = [_line(row, turn) for row in rows]
    shown = len(said)
    while shown > 1 and segments(", ".join(said[:shown]) + " " * 14) > MOST_SEGMENTS:
        shown -= 1
    text = ", ".join(said[:shown])
    if shown == len(said):
        return Reply("products", {"list": text})
    return Reply("products_more", {"list": text, "more": len(said) - shown})


def _line(row: workspace.Row, turn: Turn) -> str:
    return says.say(
        "product_line",
        turn.voice,
        product=row.number,
        name=Name(row.name_in(turn.language)[:NAME_LETTERS].strip()),
        price=Money(row.price_centimes),
        stock=row.available,
    )
