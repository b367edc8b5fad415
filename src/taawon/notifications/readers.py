"""Who is behind an order, a cooperative or a product."""

from __future__ import annotations

from collections.abc import Callable

from taawon.accounts.models import Person
from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative
from taawon.core.languages import said_by
from taawon.messaging.fitting import Name
from taawon.notifications.compose import Reader, short
from taawon.orders.models import Order


def buyer(order: Order) -> Reader:
    """As the order froze them; e-mail and preference are the person's, where one was logged in."""
    if order.buyer is None:
        return Reader(phone=order.phone, email="", language=order.language)
    return Reader(
        phone=order.phone,
        email=order.buyer.email,
        language=order.language,
        reach=order.buyer.reach,
    )


def members(cooperative_id: int) -> list[tuple[int, Reader]]:
    """Everybody who speaks for a cooperative now, with their person ids."""
    people = Person.objects.filter(
        is_active=True,
        memberships__cooperative_id=cooperative_id,
        memberships__ended_at__isnull=True,
    ).order_by("pk")
    return [(person.pk, Reader.person(person)) for person in people]


def lines_of(order: Order) -> Callable[[str], Name]:
    """2 thyme honey, 1 amlou: in the reader's language; it gives way where the text is long."""
    lines = list(order.lines.select_related("product").order_by("pk"))
    return lambda language: Name(
        ", ".join(f"{line.quantity} {said_by(line.product, 'name', language)}" for line in lines)
    )


def page_of(thing: Product | Cooperative) -> str:
    """The last part of the address of its page, short: the page knows it by its number."""
    return f"{thing.slug.partition('-')[0]}-{thing.pk}"


def total_of(order: Order) -> Callable[[str], str]:
    """155 DH; in Arabic 155 درهم."""
    return order.total.in_language


def name_of(thing: object) -> Callable[[str], Name]:
    """The name of a product or cooperative in the reader's language, shortened for a text."""
    return lambda language: short(said_by(thing, "name", language))
