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
# Names are written out as far as all of the list fits, else shorter and shorter.
NAME_LETTERS = (40, 26, 18, 14)


def run(turn: Turn) -> Reply:
    """From a number on, where the text names one."""
    found = workspace.products(turn.cooperative_id).filter(number__gte=turn.args.get("product", 0))
    rows = workspace.rows(found.order_by("number")[:MOST_ROWS])
    if not rows:
        return Reply("products_none")
    for letters in NAME_LETTERS:
        said = [_line(row, turn, letters) for row in rows]
        if _fits(said, turn):
            return Reply("products", {"list": says.listed(said, turn.voice)})
    shown = len(said) - 1
    while shown > 1 and not _fits(said[:shown], turn, more=len(said) - shown):
        shown -= 1
    facts = {"more": len(said) - shown, "next": rows[shown].number}
    return Reply("products_more", {"list": says.listed(said[:shown], turn.voice), **facts})


def _fits(said: list[str], turn: Turn, more: int = 0) -> bool:
    facts = {"list": says.listed(said, turn.voice), "more": more, "next": 9_999}
    text = says.say("products_more" if more else "products", turn.voice, **facts)
    return segments(text) <= MOST_SEGMENTS


def _line(row: workspace.Row, turn: Turn, letters: int) -> str:
    return says.say(
        "product_line",
        turn.voice,
        product=row.number,
        name=Name(row.name_in(turn.language)[:letters].strip()),
        price=Money(row.price_centimes),
        stock=row.available,
    )
