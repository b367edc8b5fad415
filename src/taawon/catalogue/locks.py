"""Take a product for the length of a transaction, for whoever may change it."""

from __future__ import annotations

from taawon.catalogue import rules
from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.locks import lock_or_not_found


def own(product_id: int, by: Actor) -> Product:
    """The locked product. Raises NotFound when it is somebody else's, too."""
    return _own(any_product(product_id), by)


def own_with_cooperative(product_id: int, by: Actor) -> Product:
    """The same, with its cooperative locked before it."""
    return _own(with_cooperative(product_id), by)


def _own(product: Product, by: Actor) -> Product:
    if not rules.may_edit(by, product):
        raise NotFound
    return product


def with_cooperative(product_id: int) -> Product:
    """The locked product, its cooperative locked before it: for what shows on the cooperative's
    own page. Raises NotFound.
    """
    found = Product.objects.filter(pk=product_id).values_list("cooperative_id", flat=True).first()
    if found is None:
        raise NotFound
    lock_or_not_found(Cooperative, pk=found)
    return any_product(product_id)


def any_product(product_id: int) -> Product:
    """The locked product; the caller asks a rule. Raises NotFound."""
    return lock_or_not_found(Product, pk=product_id)
