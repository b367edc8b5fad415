"""Two entries with all that can belong to them, and what stands in the tables about them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

from taawon.catalogue.models import Family, Product
from taawon.conversations.models import Ticket
from taawon.cooperatives.models import Cooperative, Report
from taawon.orders.models import Order, OrderCounter
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    InvitationFactory,
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    ReviewFactory,
    ShopFactory,
)

# They only grow: what happened, who was told, what the index must look at, and the merge itself.
GROWING = {
    "journal_entry",
    "journal_delivery",
    "messaging_line",
    "messaging_message",
    "search_change",
    "cooperatives_merge",
}
# When an entry changed last: an undo is a change.
MOMENTS = {"cooperatives_cooperative": "changed_at"}


def full(name: str, *, products: int = 2, orders: int = 2, **more: Any) -> Cooperative:
    """An entry with shop, products in a family, orders with reviews, members and those who ask."""
    entry = CooperativeFactory(name_fr=name, **more)
    shop = ShopFactory(cooperative=entry, pickup_place=f"Chez {name}")
    family = Family.objects.create(cooperative=entry)
    shelf = [
        ProductFactory(cooperative=entry, number=number + 1, family=family)
        for number in range(products)
    ]
    shop.last_product_number = products
    shop.save()
    for number in range(orders):
        order = OrderFactory(cooperative=entry, number=number + 1)
        for product in shelf[:1]:
            ReviewFactory(line=OrderLineFactory(order=order, product=product))
    if orders:
        OrderCounter.objects.create(cooperative=entry, last=orders)
    MembershipFactory(cooperative=entry)
    MembershipFactory(cooperative=entry, ended_at=entry.created_at)
    ClaimFactory(cooperative=entry)
    InvitationFactory(cooperative=entry)
    Ticket.objects.create(phone=PersonFactory().phone, cooperative=entry)
    Report.objects.create(cooperative=entry, kind="name", text="Le nom est faux.")
    return entry


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the house, as the database has it."""
    return {
        model._meta.db_table: _rows(model._meta.db_table)
        for model in apps.get_models()
        if model._meta.managed and model._meta.db_table not in GROWING
    }


def _rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        left_out = MOMENTS.get(table)
        rows = [
            tuple(str(value) for name, value in zip(names, row, strict=True) if name != left_out)
            for row in cursor.fetchall()
        ]
    return sorted(rows)


def numbers_of(entry: Cooperative) -> tuple[list[int], list[int]]:
    """Of its products, and of its orders."""
    products = Product.objects.filter(cooperative=entry).order_by("number")
    orders = Order.objects.filter(cooperative=entry).order_by("number")
    return (
        list(products.values_list("number", flat=True)),
        list(orders.values_list("number", flat=True)),
    )
