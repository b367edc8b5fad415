"""A shop with somebody behind its counter."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from taawon.accounts.models import Person
from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import Role
from taawon.orders.models import Order
from tests.factories import (
    CooperativeFactory,
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    ShopFactory,
)


@dataclass(frozen=True)
class Stand:
    """A cooperative with a shop, one member, and the member's browser."""

    coop: Cooperative
    person: Person
    client: Client
    language: str = "fr"

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/{self.language}/seller/{path}", query)

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(f"/{self.language}/seller/{path}", form)

    def speaking(self, language: str) -> Stand:
        return replace(self, language=language)

    def product(self, **more: Any) -> Product:
        return ProductFactory(cooperative=self.coop, **more)

    def order(self, *, lines: int = 1, **more: Any) -> Order:
        """An order of this shop; what it holds is reserved, as if it had just been placed."""
        order = OrderFactory(cooperative=self.coop, **more)
        for _ in range(lines):
            OrderLineFactory(order=order, product=self.product(reserved=1))
        return order


def stand(role: Role = Role.PRESIDENT, **coop: Any) -> Stand:
    cooperative = CooperativeFactory(**coop)
    ShopFactory(cooperative=cooperative, last_product_number=1_000_000)
    person = PersonFactory()
    MembershipFactory(cooperative=cooperative, person=person, role=role)
    client = Client()
    client.force_login(person)
    return Stand(cooperative, person, client)


def photograph(name: str = "miel.jpg", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 140, 20)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def typed(product: Product, **changes: str | int) -> dict[str, str | int]:
    """What the form sends for the product as it stands."""
    return {
        "name_fr": product.name_fr or "",
        "name_ar": product.name_ar or "",
        "price": "120",
        "content": "500",
        "unit": "g",
        "on_hand": str(product.on_hand),
        "seen_on_hand": str(product.on_hand),
        "weight": "550",
        "weight_in": "g",
        "category": str(product.category_id or ""),
        "low_stock": "3",
        **changes,
    }


def kept(product: Product) -> dict[str, Any]:
    """What is kept of the product now."""
    product.refresh_from_db()
    return {
        "name": product.name_fr,
        "price": product.price_centimes,
        "content": (product.content, product.unit),
        "weight": product.weight_grams,
        "on_hand": product.on_hand,
        "state": product.state,
    }
