"""One product with all that its page shows; at most six queries with session and person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from taawon.catalogue import queries, shelves
from taawon.catalogue.models import Product
from taawon.core.actor import Actor
from taawon.core.languages import current, said_by
from taawon.core.memory import kept
from taawon.places.queries import provinces, regions
from taawon.reviews import queries as reviewing
from taawon.search import query
from taawon.shipping.queries import tariffs
from taawon.web.market import cards

RELATED, SHELF, SHELF_SECONDS = 6, 19, 10


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    related: list[cards.Shown]
    reviews: Sequence[Any]
    questions: Sequence[Any]
    pictures: Sequence[str]
    is_favourite: bool

    @property
    def slug_id(self) -> str:
        return f"{self.product.slug}-{self.product.pk}"

    @property
    def name(self) -> str:
        return said_by(self.product, "name")

    @property
    def description(self) -> str:
        return said_by(self.product, "description")

    @property
    def description_language(self) -> str:
        """Set where the description stands in another language than the page."""
        text, here = self.description, current()
        if text and getattr(self.product, f"description_{here}", "") != text:
            return "ar" if getattr(self.product, "description_ar", "") == text else "fr"
        return ""

    @property
    def pack(self) -> str:
        return cards.pack(self.product.content, self.product.unit)

    @property
    def unit_price_centimes(self) -> int | None:
        return queries.unit_price(
            self.product.price_centimes, self.product.content, self.product.unit
        )

    @property
    def price_text(self) -> str:
        """Dirhams with a decimal point, as machines read them."""
        return f"{self.product.price_centimes / 100:.2f}"

    @property
    def base_unit(self) -> str:
        return cards.base_unit(self.product.unit)

    @property
    def paused_until(self) -> Any:
        shop = self.product.cooperative.shop
        return shop.paused_until if shop.is_paused else None

    @property
    def available(self) -> int:
        return 0 if self.paused_until else self.product.available

    @property
    def few_left(self) -> bool:
        return 0 < self.available <= self.product.low_stock

    @property
    def rating(self) -> float:
        count = self.product.rating_count
        return round(self.product.rating_sum / count, 1) if count else 0

    @property
    def labels(self) -> list[Any]:
        known = shelves.labels()
        return [known[code] for code in self.product.label_codes if code in known]

    @property
    def cooperative_name(self) -> str:
        return said_by(self.product.cooperative, "name")

    @property
    def cooperative_slug_id(self) -> str:
        return f"{self.product.cooperative.slug}-{self.product.cooperative_id}"

    @property
    def place(self) -> str:
        found = provinces().get(self.product.cooperative.province_id)
        return found.name if found else ""

    @property
    def region(self) -> str:
        found = regions().get(self.product.cooperative.region_id)
        return found.name if found else ""

    @property
    def category_name(self) -> str:
        return said_by(self.product.category, "name")

    @property
    def fees(self) -> list[dict[str, Any]]:
        """What this parcel costs, zone by zone."""
        grams = self.product.weight_grams
        wait = self.product.cooperative.shop.days_to_prepare
        return [
            {
                "zone": tariff.name,
                "fee": tariff.fee(max(grams, 1)),
                "days_from": tariff.days_from + wait,
                "days_to": tariff.days_to + wait,
            }
            for tariff in tariffs()
        ]

    @property
    def json_ld(self) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": self.name,
            "description": self.description[:500],
            "category": self.category_name,
            "brand": {"@type": "Organization", "name": self.cooperative_name},
            "offers": {
                "@type": "Offer",
                "price": self.price_text,
                "priceCurrency": "MAD",
                "availability": "https://schema.org/"
                + ("InStock" if self.available else "OutOfStock"),
                "url": reverse("market:product", args=[self.slug_id]),
            },
        }


def of(product_id: int, by: Actor) -> ProductPage | None:
    product = queries.product_page(product_id, by.person_id)
    if product is None:
        return None
    return ProductPage(
        product=product,
        related=cards.shown(_related(product)),
        reviews=reviewing.reviews_of(product.pk),
        questions=reviewing.questions_of(product.pk),
        pictures=queries.picture_keys(product.pk),
        is_favourite=bool(getattr(product, "is_favourite", False)),
    )


def _related(product: Product) -> Sequence[queries.Card]:
    """From what was newest on its shelf some seconds ago."""
    key = ("newest on the shelf", product.category_id)
    newest = kept(key, SHELF_SECONDS, lambda: _newest(product))
    others = [card for card in newest if card.id != product.pk]
    return sorted(others, key=lambda card: card.cooperative_id == product.cooperative_id)[:RELATED]


def _newest(product: Product) -> list[queries.Card]:
    """Of its shelf; the index knows the order, which a database would have to sort."""
    shelf = shelves.category(product.category_id or 0)
    wanted = {"category": [shelf.slug]} if shelf else {}
    found = query.find("product", filters=wanted, sort="-newest", per_page=SHELF)
    if found.ready:
        return queries.cards(found.ids)
    return queries.newest_cards(SHELF, category_id=product.category_id or 0)


def favourites(by: Actor) -> list[cards.Shown]:
    return cards.shown(queries.favourite_cards(by))
