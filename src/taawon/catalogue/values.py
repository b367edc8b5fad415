"""What may stand in the fields of a product: values are checked and named by their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from taawon.catalogue.models import Category, Product
from taawon.catalogue.rules import MOST_PRICE_CENTIMES
from taawon.catalogue.states import Unit
from taawon.core import written
from taawon.core.errors import Invalid
from taawon.core.languages import texts_of
from taawon.core.text import slug


class Values(TypedDict, total=False):
    """What a form changes; what is left out stays. Texts by language: {"fr": …, "ar": …}."""

    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    price_centimes: int
    content: int
    unit: str
    weight_grams: int
    on_hand: int
    low_stock: int
    category_id: int


def columns_of(values: Values) -> dict[str, Any]:
    """The columns with their checked values. Raises Invalid with `field` (OutOfRange, TooLong)."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in _READ:
            raise Invalid(field=name)
        found |= _READ[name](value)
    return found


def slug_of(product: Product) -> str:
    """For the product's address: from its French, English, Arabic or Tamazight name."""
    names = texts_of(product, "name")
    return slug(*(names[code] for code in ("fr", "en", "ar", "zgh") if code in names))


def price(centimes: int) -> dict[str, int]:
    return _whole("price_centimes", centimes, 1, MOST_PRICE_CENTIMES)


def on_hand(packs: int) -> dict[str, int]:
    return _whole("on_hand", packs, 0, 1_000_000)


def low_stock(packs: int) -> dict[str, int]:
    return _whole("low_stock", packs, 0, 10_000)


def _whole(field: str, value: int, least: int, most: int) -> dict[str, int]:
    return {field: written.whole(value, field=field, least=least, most=most)}


def _unit(unit: str) -> dict[str, str]:
    if unit not in Unit.values:
        raise Invalid(field="unit")
    return {"unit": unit}


def _category(category_id: int) -> dict[str, int]:
    if type(category_id) is not int or not Category.objects.filter(pk=category_id).exists():
        raise Invalid(field="category_id")
    return {"category_id": category_id}


_READ: dict[str, Callable[[Any], dict[str, Any]]] = {
    "names": lambda texts: written.by_language(texts, field="name", most=160),
    "descriptions": lambda texts: written.by_language(
        texts, field="description", most=4000, of_lines=True
    ),
    "price_centimes": price,
    "content": lambda value: _whole("content", value, 1, 1_000_000),
    "unit": _unit,
    "weight_grams": lambda value: _whole("weight_grams", value, 1, 1_000_000),
    "on_hand": on_hand,
    "low_stock": low_stock,
    "category_id": _category,
}
