"""The HTML of a card: its template is rendered once for each shape, and filled in for each product.

A template takes a hundred times as long as filling in, and a market has more products than memory
has room for rendered cards.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import get_template
from django.urls import reverse

from taawon.web import numbers
from taawon.web.market.cards import Shown

TEMPLATE = "_card.html"
# What stands in a mold where a product's own words will stand: signs that no text holds.
_TEXTS = {
    field: f"\ufdd0{field}\ufdd1"
    for field in ("name", "marked", "cooperative_name", "place_name", "unit", "badge", "picture")
}
_ID, _PRICE, _SLUG_ID = 900_000_000_001, 90_000_000_003, "mold-900000000002"


def card(shown: Shown, *, eager: bool, language: str) -> str:
    """As _card.html renders it in that language, which must be the current one."""
    mold = _mold(
        shown.available > 0,
        shown.badge_kind,
        tuple(field for field in _TEXTS if getattr(shown, field)),
        eager,
        language,
    )
    return mold % {
        "id": shown.id,
        "slug_id": shown.slug_id,
        "price": numbers.amount(shown.price, language),
        "name": escape(shown.name),
        "marked": shown.marked,
        "cooperative_name": escape(shown.cooperative_name),
        "place_name": escape(shown.place_name),
        "unit": escape(shown.unit),
        "badge": escape(shown.badge),
        "picture": escape(shown.picture),
    }


@lru_cache(maxsize=512)
def _mold(
    available: bool, badge_kind: str, texts: tuple[str, ...], eager: bool, language: str
) -> str:
    """For the operator %: what is the same in all cards of a shape, with gaps for the rest."""
    words: dict[str, Any] = {field: _TEXTS[field] if field in texts else "" for field in _TEXTS}
    example = Shown(
        id=_ID,
        slug_id=_SLUG_ID,
        price=_PRICE,
        badge_kind=badge_kind,
        available=int(available),
        **words,
    )
    asked = {"card": example, "eager": eager, "add_url": reverse("orders:add")}
    text: str = get_template(TEMPLATE).render(asked).replace("%", "%%")
    gaps = {_TEXTS[field]: field for field in _TEXTS}
    gaps |= {str(_ID): "id", _SLUG_ID: "slug_id", numbers.amount(_PRICE, language): "price"}
    for sign, field in gaps.items():
        text = text.replace(sign, f"%({field})s")
    return text
