"""A proven phone claims the orders placed with it; a typed phone never attaches anything."""

from __future__ import annotations

from django.db import transaction

from taawon.accounts.models import Person
from taawon.orders.models import Order


@transaction.atomic
def attach_past_orders(person: Person) -> int:
    """Right after a login by code: guests' orders with this phone become the person's; how many."""
    if not person.phone:
        return 0
    return Order.objects.filter(phone=person.phone, buyer__isnull=True).update(buyer=person)
