"""The rows that are measured: a shop with ten products for every cooperative of the register.

Plain tuples, the same each time, in the columns that `load` names. Keys count from 1, and what
belongs to a key can be said without a look at the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from taawon.demo import cooperatives, texts
from taawon.demo.rows import CategoryRow, CooperativeRow

SEED = 2020
PRODUCTS_EACH = 10
PERSONS = 300
LINES_EACH = 3
# So many packs that no run sells a product out; every fiftieth product is sold out already.
PLENTY, SOLD_OUT_EVERY = 1_000_000, 50
# Among ten products in a row some bear each of them.
LABELS = ("bio", "igp")
LATEST = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = (
    ("du matin", "الصباح"),
    ("de montagne", "الجبل"),
    ("de la vallée", "الوادي"),
    ("d’été", "الصيف"),
    ("fait main", "صنع يدوي"),
    ("de famille", "العائلة"),
    ("choisi", "مختار"),
    ("du Sud", "الجنوب"),
)
# As the words above.
_SLUGS = ("matin", "montagne", "vallee", "ete", "main", "famille", "choisi", "sud")
_ABOUT = (
    "Préparé en petites quantités par les membres de la coopérative, emballé à la main et "
    "envoyé dans tout le Royaume. La qualité est contrôlée avant chaque envoi ; "
    "conservez au sec, à l’abri de la lumière. Numéro {number}.",
    "يحضره أعضاء التعاونية بكميات صغيرة، ويعبأ يدويا ويرسل إلى جميع أنحاء المملكة. "
    "تراقب الجودة قبل كل إرسال؛ يحفظ في مكان جاف بعيدا عن الضوء. رقم {number}.",
)


@dataclass(frozen=True, slots=True)
class Size:
    """So many cooperatives on the register, of which the first so many sell."""

    cooperatives: int
    shops: int

    @property
    def products(self) -> int:
        return self.shops * PRODUCTS_EACH


FULL = Size(cooperatives=27_260, shops=27_260)
FEW = Size(cooperatives=27_260, shops=300)
TINY = Size(cooperatives=60, shops=30)


@cache
def register() -> tuple[CooperativeRow, ...]:
    """All 27,260 of the demonstration; there is no smaller one, a part of it does."""
    return tuple(cooperatives.build(Random(SEED)))


@cache
def shelves() -> tuple[CategoryRow, ...]:
    """The categories that hold products; a product's place among them follows from its key."""
    return tuple(row for row in texts.categories() if row.parent)


def shop_of(product: int) -> int:
    return (product - 1) // PRODUCTS_EACH + 1


def product_slug(product: int) -> str:
    return f"{_shelf(product).slug}-{_SLUGS[product % len(_SLUGS)]}"


def cooperative_slug(cooperative: int) -> str:
    return f"cooperative-{register()[cooperative - 1].sector}"


def purpose_and_labels(one: CooperativeRow, size: Size) -> tuple[str, str, str, str]:
    """`purpose` in its three columns, and `label_codes` of those that sell, as its ten products
    bear them."""
    purpose_fr, purpose_ar = texts.purpose(one.sector, one.key)
    labels = LABELS if one.key <= size.shops else ()
    return purpose_fr, purpose_fr, purpose_ar, json.dumps(labels)


def is_sold_out(product: int) -> bool:
    return product % SOLD_OUT_EVERY == 0


def products(first_shop: int, last_shop: int) -> Iterator[tuple[Any, ...]]:
    """In the columns of `load.PRODUCT`."""
    for pk in range((first_shop - 1) * PRODUCTS_EACH + 1, last_shop * PRODUCTS_EACH + 1):
        yield _product(pk)


def _product(pk: int) -> tuple[Any, ...]:
    shelf, (fr, ar) = _shelf(pk), _WORDS[pk % len(_WORDS)]
    name = f"{shelf.name_fr} {fr}"
    about = _ABOUT[0].format(number=pk)
    content = (250, 500, 1000)[pk % 3]
    published = LATEST - timedelta(minutes=pk * 7919 % 1_000_003)
    return (
        pk,
        shop_of(pk),
        (pk - 1) % PRODUCTS_EACH + 1,
        category_keys()[shelf.slug],
        name,
        name,
        f"{shelf.name_ar} {ar}",
        product_slug(pk),
        about,
        about,
        _ABOUT[1].format(number=pk),
        1500 + pk * 37 % 48_500,
        content,
        "g",
        content + 80,
        0 if is_sold_out(pk) else PLENTY,
        "published",
        ("[]", '["igp"]', "[]", "[]", '["bio"]')[pk % 5],
        f"products/{pk:024x}",
        pk * 13 % 40 * 4,
        pk * 13 % 40,
        published,
        published,
    )


def _shelf(product: int) -> CategoryRow:
    """A shop's products stand on a few shelves, its neighbours' on others."""
    return shelves()[(shop_of(product) * 7 + product % 3) % len(shelves())]


@cache
def category_keys() -> dict[str, int]:
    """By slug."""
    return {row.slug: key for key, row in enumerate(texts.categories(), start=1)}


def pictures(first_shop: int, last_shop: int) -> Iterator[tuple[Any, ...]]:
    """Two a product: its cover and another."""
    for pk in range((first_shop - 1) * PRODUCTS_EACH + 1, last_shop * PRODUCTS_EACH + 1):
        yield pk, f"products/{pk:024x}", 0, 1600, 1200
        yield pk, f"products/{pk:023x}b", 1, 1600, 1200


def lines_of(basket: int, shops: int) -> list[tuple[int, int]]:
    """(product, packs) of a basket: three products of as many cooperatives, none sold out."""
    found: dict[int, int] = {}
    step = 0
    while len(found) < min(LINES_EACH, shops):
        shop = (basket * 7919 + step * 104_729) % shops + 1
        product = (shop - 1) * PRODUCTS_EACH + 1 + basket % 9
        if not is_sold_out(product) and shop_of(product) not in map(shop_of, found):
            found[product] = 1 + step % 2
        step += 1
    return list(found.items())
