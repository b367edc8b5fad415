"""When a cooperative changes, the index hears of its products in the same transaction."""

from __future__ import annotations

from taawon.catalogue.models import Product
from taawon.catalogue.states import State
from taawon.cooperatives.shown import followers
from taawon.search import feed


def feed_products(cooperative_id: int) -> None:
    theirs = Product.objects.filter(cooperative_id=cooperative_id, state=State.PUBLISHED)
    feed.changed("product", *theirs.order_by("pk").values_list("pk", flat=True))


followers["catalogue"] = feed_products
