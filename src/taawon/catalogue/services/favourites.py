"""What a person wants to find again."""

from __future__ import annotations

from django.db import transaction

from taawon.catalogue import rules
from taawon.catalogue.events import FavouriteAdded, FavouriteRemoved
from taawon.catalogue.models import Favourite, Product
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.journal.record import record


@transaction.atomic
def add(product_id: int, *, by: Actor) -> None:
    """Once, however often it is said. Raises NotAllowed without a person, NotFound."""
    if by.person_id is None:
        raise NotAllowed
    product = Product.objects.select_related("cooperative__shop").filter(pk=product_id).first()
    if product is None or not rules.is_visible(product, getattr(product.cooperative, "shop", None)):
        raise NotFound
    _, new = Favourite.objects.get_or_create(person_id=by.person_id, product=product)
    if new:
        record(FavouriteAdded(product_id=product.pk), by=by)


@transaction.atomic
def remove(product_id: int, *, by: Actor) -> None:
    """Nothing happens where there is none. Raises NotAllowed without a person."""
    if by.person_id is None:
        raise NotAllowed
    theirs = Favourite.objects.filter(person_id=by.person_id, product_id=product_id)
    if theirs.delete()[0]:
        record(FavouriteRemoved(product_id=product_id), by=by)
