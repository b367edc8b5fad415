"""The corpus in the database and in an index, as products and cooperatives really come there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from taawon.catalogue.models import Category, Product
from taawon.catalogue.states import State
from taawon.cooperatives.models import Cooperative, Shop
from taawon.demo.loading import ground
from taawon.places.models import Province
from taawon.search import follower, query
from tests.search.quality import load


@dataclass(frozen=True, slots=True)
class House:
    """{kind: {id: key}}."""

    keys: dict[str, dict[int, str]]

    def ask(self, text: str, kind: str, most: int = 10) -> list[str]:
        return [self.keys[kind][id] for id in query.find(kind, words=text, per_page=most).ids]


def build() -> House:
    ground.load(pictures=False)
    keys = {"cooperative": _cooperatives(), "product": {}}
    keys["product"] = _products({key: id for id, key in keys["cooperative"].items()})
    follower.rebuild()
    return House(keys)


def _cooperatives() -> dict[int, str]:
    regions = dict(Province.objects.values_list("code", "region_id"))
    made = {}
    for number, row in enumerate(load.corpus().cooperatives.values(), start=1):
        entry = Cooperative.objects.create(
            pk=number,
            name_fr=row.fr,
            name_ar=row.ar,
            slug=row.key,
            registration_number=f"Q{number}",
            sector_id=row.sector,
            province_id=row.province,
            region_id=regions[row.province],
            commune_id=row.commune or None,
            is_womens=row.womens,
        )
        Shop.objects.create(cooperative=entry)
        made[number] = row.key
    return made


def _products(cooperatives: dict[str, int]) -> dict[int, str]:
    shelves = dict(Category.objects.values_list("slug", "pk"))
    rows = list(load.corpus().products.values())
    Product.objects.bulk_create(
        Product(
            pk=number,
            cooperative_id=cooperatives[row.cooperative],
            number=number,
            category_id=shelves[row.category],
            name_fr=row.fr,
            name_ar=row.ar,
            name_en=row.en,
            name_zgh=row.zgh,
            slug=row.key,
            description_fr=row.about_fr,
            description_ar=row.about_ar,
            price_centimes=10_000,
            weight_grams=500,
            on_hand=5 if row.in_stock else 0,
            state=State.PUBLISHED,
            published_at=timezone.now(),
        )
        for number, row in enumerate(rows, start=1)
    )
    return {number: row.key for number, row in enumerate(rows, start=1)}
