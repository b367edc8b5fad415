"""A member with a feature phone, and the texts that go to and fro."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import Any

from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative
from taawon.messaging import inbox, queries
from taawon.messaging.gateways import Inbound
from taawon.orders.models import Order
from taawon.sms import line
from tests.factories import (
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    ShopFactory,
)

_numbers = count(1)


@dataclass
class Phone:
    """`says` is what the line answers."""

    number: str

    def says(self, text: str, **other: Any) -> str:
        inbound = Inbound(
            **{
                "gateway": "test",
                "provider_id": f"t{next(_numbers)}",
                "sender": self.number,
                "recipient": "2255",
                "text": text,
                **other,
            }
        )
        stored = inbox.receive(inbound)
        assert stored is not None
        line.handle(stored[0].pk)
        return queries.text_of(f"sms.inbound:{stored[0].pk}:reply")

    def code(self, text: str) -> str:
        """The code that the answer to a risky text holds."""
        found = re.search(r"\b(\d{4})\b pour|(?:Kteb|أرسل) (\d{4})", self.says(text))
        assert found is not None
        return found[1] or found[2]


@dataclass
class Stall:
    cooperative: Cooperative
    phone: Phone

    def order(self, number: int = 47, state: str = "placed", **columns: Any) -> Order:
        # Out of the way of the products that a test numbers itself.
        packs = {"number": 1000 + number, "on_hand": 10, "reserved": 2}
        product = ProductFactory(cooperative=self.cooperative, **packs)
        order = OrderFactory(cooperative=self.cooperative, number=number, state=state, **columns)
        OrderLineFactory(order=order, product=product, quantity=2)
        if not order.steps.exists():
            order.steps.create(state=state, by="buyer")
        return order

    def product(self, number: int = 3, **columns: Any) -> Product:
        name = columns.pop("name", "Miel de thym")
        return ProductFactory(cooperative=self.cooperative, number=number, name_fr=name, **columns)


def stall(role: str = "president", phone: str = "+212612345678") -> Stall:
    """A cooperative whose member writes French."""
    shop = ShopFactory()
    person = PersonFactory(phone=phone)
    MembershipFactory(cooperative=shop.cooperative, person=person, role=role)
    return Stall(shop.cooperative, Phone(phone))
