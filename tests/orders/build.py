"""Baskets and wishes for tests of the orders room."""

from __future__ import annotations

from typing import Any

from taawon.core.actor import Actor, Channel
from taawon.orders.models import Basket, Order
from taawon.orders.services import baskets, checkout
from taawon.orders.services.checkout import Buyer, Wish
from taawon.shipping.models import Rate, Zone
from tests.factories import MembershipFactory, RegionFactory

GUEST = Actor(person_id=None, channel=Channel.WEB)


def zones() -> None:
    """Within the region 20 DH, elsewhere 35 DH up to 1 kg and 60 DH up to 5 kg."""
    local = Zone.objects.create(
        code="local", name_fr="Même région", within_region=True, days_from=1, days_to=2, position=0
    )
    far = Zone.objects.create(code="far", name_fr="Maroc", days_from=2, days_to=5, position=1)
    Rate.objects.create(zone=local, up_to_grams=5000, fee_centimes=2000)
    Rate.objects.create(zone=far, up_to_grams=1000, fee_centimes=3500)
    Rate.objects.create(zone=far, up_to_grams=5000, fee_centimes=6000)


def basket(*lines: tuple[Any, int], by: Actor = GUEST) -> Basket:
    """A basket with packs of products: (product, quantity)."""
    RegionFactory(code="MA-06", name_fr="Casablanca-Settat")
    made = baskets.open_basket(by=by)
    for product, quantity in lines:
        baskets.put(made.pk, product.pk, quantity, by=by)
    return made


def wish(**changes: Any) -> Wish:
    """Amina of Casablanca, by parcel."""
    asked = {
        key: changes.pop(key) for key in ("deliveries", "expected_total_centimes") if key in changes
    }
    buyer = {
        "name": "Amina Alaoui",
        "phone": "0661234567",
        "region": "MA-06",
        "town": "Casablanca",
        "address": "Près de la poste",
        **changes,
    }
    return Wish(Buyer(**buyer), **asked)


def placed(*lines: tuple[Any, int], by: Actor = GUEST, **changes: Any) -> Order:
    """The first order of a basket that was ordered."""
    done = checkout.place(basket(*lines, by=by).pk, wish(**changes), key="k", by=by)
    return done.orders.order_by("pk").first()  # type: ignore[return-value]  # there is one


def seller_of(order: Order) -> Actor:
    person = MembershipFactory(cooperative=order.cooperative).person
    return Actor(person_id=person.pk, channel=Channel.WEB)
