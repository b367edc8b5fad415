"""A shop with somebody behind its counter."""

from __future__ import annotations

import io
from dataclasses import dataclass
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

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/fr/seller/{path}", query)

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(f"/fr/seller/{path}", form)

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
