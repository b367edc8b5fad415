"""Who may do what with a product, who sees it, and when it is ready."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from taawon.catalogue.models import Product
from taawon.catalogue.states import State
from taawon.cooperatives import rules as cooperatives
from taawon.cooperatives.models import Shop
from taawon.cooperatives.rules import Lack
from taawon.cooperatives.states import ShopState
from taawon.core.actor import Actor
from taawon.core.languages import said_by

MOST_PICTURES = 8
MOST_PRICE_CENTIMES = 10_000_000


def may_edit(actor: Actor, product: Product) -> bool:
    """Every member of its cooperative, and the national team on the cooperative's behalf."""
    return cooperatives.may_sell(actor, product.cooperative_id)


def may_hold(actor: Actor, product: Product) -> bool:
    """Whoever of the national team looks after its cooperative."""
    return cooperatives.may_supervise(actor, product.cooperative_id)


def is_visible(product: Product, shop: Shop | None) -> bool:
    """Published, not held, in an open shop. A paused shop is open: its products show."""
    if shop is None or shop.state != ShopState.OPEN:
        return False
    return product.state == State.PUBLISHED and not product.held


def missing(product: Product, today: date | None = None) -> list[Lack]:
    """What a draft lacks before it can be published, in the order of the form."""
    category = product.category
    lacks = {
        Lack("picture", _("a picture")): not product.cover,
        Lack("name", _("a name")): not said_by(product, "name"),
        Lack("price", _("a price")): product.price_centimes <= 0,
        Lack("category", _("a category")): category is None,
        Lack("weight", _("a weight")): product.weight_grams <= 0,
    }
    if category is not None and category.processed_food:
        allowed = cooperatives.may_process_food(product.cooperative, today)
        lacks[Lack("food", _("a valid food authorisation"))] = not allowed
    return [lack for lack, is_lacking in lacks.items() if is_lacking]
