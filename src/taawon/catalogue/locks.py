"""Take a product for the length of a transaction, for whoever may change it."""

from __future__ import annotations

from taawon.catalogue import rules
from taawon.catalogue.models import Product
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock_or_not_found


def own(product_id: int, by: Actor) -> Product:
    """The locked product. Raises NotFound when it is somebody else's, too."""
    product = any_product(product_id)
    if not rules.may_edit(by, product):
        raise NotFound
    return product


def any_product(product_id: int) -> Product:
    """The locked product; the caller asks a rule. Raises NotFound."""
    return lock_or_not_found(Product, pk=product_id)
