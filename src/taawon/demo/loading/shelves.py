"""Products with their pictures and certificates, holds, and the home page's selections."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from taawon.catalogue.models import (
    Certificate,
    Family,
    Favourite,
    Hold,
    Picture,
    Product,
    SelectedProduct,
    Selection,
)
from taawon.core.text import slug
from taawon.demo.loading import bulk, files
from taawon.demo.loading.ground import category_ids
from taawon.demo.rows import ProductRow
from taawon.demo.world import World

DRAWN_AT = 800


class Tallies:
    """What orders and reviews leave on their products."""

    def __init__(self, world: World) -> None:
        self.reserved: defaultdict[int, int] = defaultdict(int)
        self.stars: defaultdict[int, list[int]] = defaultdict(list)
        for order in world.orders:
            if order.state == "placed":
                for line in order.lines:
                    self.reserved[line.product] += line.quantity
        for review in world.reviews:
            line = world.orders[review.order - 1].lines[review.line]
            self.stars[line.product].append(review.stars)


def load(world: World, clock: bulk.Clock) -> None:
    families = _families(world)
    tallies, held = Tallies(world), {row.product for row in world.holds}
    kinds = category_ids()
    bulk.write(
        Product,
        [
            {
                **_product(row, tallies, clock),
                "cooperative_id": world.shops[row.shop - 1].cooperative,
                "category_id": kinds[row.category],
                "family_id": families.get((row.shop, row.family)),
                "held": row.key in held,
            }
            for row in world.products
        ],
    )
    bulk.write(
        Picture,
        [
            {
                "product_id": row.key,
                "key": files.key(row.picture),
                "width": DRAWN_AT,
                "height": DRAWN_AT,
            }
            for row in world.products
        ],
    )
    _certificates(world, clock)
    _asides(world, clock)
    bulk.count_on(Family, Product)


def _families(world: World) -> dict[tuple[int, int], int]:
    pairs = dict.fromkeys((row.shop, row.family) for row in world.products if row.family)
    ids = {pair: place for place, pair in enumerate(pairs, start=1)}
    bulk.add(
        Family,
        [
            Family(pk=pk, cooperative_id=world.shops[shop - 1].cooperative)
            for (shop, _family), pk in ids.items()
        ],
    )
    return ids


def _product(row: ProductRow, tallies: Tallies, clock: bulk.Clock) -> dict[str, Any]:
    published = clock.ago(hours=row.published_hours_ago)
    stars = tallies.stars.get(row.key, [])
    return {
        "id": row.key,
        "number": row.number,
        "name_fr": row.name_fr,
        "name_ar": row.name_ar,
        "name_en": row.name_en or None,
        "slug": slug(row.name_fr),
        "description_fr": row.description_fr,
        "description_ar": row.description_ar,
        "price_centimes": row.price_centimes,
        "content": row.content,
        "unit": row.unit,
        "weight_grams": row.weight_grams,
        "on_hand": row.on_hand,
        "reserved": tallies.reserved.get(row.key, 0),
        "low_stock": row.low_stock,
        "state": row.state,
        "label_codes": [certificate.label for certificate in row.certificates],
        "cover": files.key(row.picture),
        "rating_sum": sum(stars),
        "rating_count": len(stars),
        "created_at": published,
        "published_at": None if row.state == "draft" else published,
        "changed_at": published,
    }


def _certificates(world: World, clock: bulk.Clock) -> None:
    today = clock.now.date()
    bulk.add(
        Certificate,
        [
            Certificate(
                product_id=row.key,
                label_id=certificate.label,
                number=certificate.number,
                body=certificate.body,
                expires_on=today + timedelta(days=certificate.expires_in_days),
            )
            for row in world.products
            for certificate in row.certificates
        ],
    )


def _asides(world: World, clock: bulk.Clock) -> None:
    bulk.add(
        Hold,
        [
            Hold(
                product_id=row.product,
                reason=row.reason,
                answer=row.answer,
                placed_at=clock.ago(hours=row.hours_ago),
                answered_at=clock.ago(hours=row.hours_ago / 2) if row.answer else None,
            )
            for row in world.holds
        ],
    )
    bulk.add(
        Favourite,
        [Favourite(person_id=row.customer, product_id=row.product) for row in world.favourites],
    )
    for position, row in enumerate(world.selections):
        selection = Selection.objects.create(
            title_fr=row.title_fr, title_ar=row.title_ar, title_en=row.title_en, position=position
        )
        bulk.add(
            SelectedProduct,
            [
                SelectedProduct(selection=selection, product_id=key, position=place)
                for place, key in enumerate(row.products)
            ],
        )
