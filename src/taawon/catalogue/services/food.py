"""Processed food is sold under an authorisation that is valid today, or not at all."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from taawon.catalogue import locks
from taawon.catalogue.events import AuthorisationLapsed
from taawon.catalogue.models import Product
from taawon.catalogue.services import badges
from taawon.catalogue.states import State
from taawon.cooperatives import rules as cooperatives
from taawon.core.actor import Actor
from taawon.journal.record import record
from taawon.search import feed


def pause_unauthorised(*, by: Actor) -> list[int]:
    """Pause processed food whose cooperative's authorisation is over; the products paused.

    One transaction a product: nobody waits for the others.
    """
    over = Q(cooperative__food_authorisation="") | Q(
        cooperative__food_authorisation_expires_on__lt=timezone.localdate()
    )
    found = Product.objects.filter(
        over,
        state=State.PUBLISHED,
        category__processed_food=True,
        cooperative__food_exemption="",
    )
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    return [product_id for product_id in ids if _pause(product_id, by)]


@transaction.atomic
def _pause(product_id: int, by: Actor) -> bool:
    product = locks.with_cooperative(product_id)
    allowed = cooperatives.may_process_food(product.cooperative)
    if product.state != State.PUBLISHED or allowed:
        return False
    product.become(State.PAUSED)
    record(AuthorisationLapsed(product_id=product.pk, cooperative_id=product.cooperative_id), by=by)
    feed.changed("product", product.pk)
    badges.carry(product.cooperative_id)
    return True
