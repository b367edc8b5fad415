"""Products and families go with their cooperative when its entry is merged into another one."""

from __future__ import annotations

from django.db.models import F, Max, QuerySet

from taawon.catalogue.models import Family, Product
from taawon.cooperatives.merging import Facts, Mover, movers
from taawon.cooperatives.models import Shop
from taawon.core.locks import lock_all


def move(gone_id: int, kept_id: int) -> Facts:
    """Numbers go on after the last one of the kept shop, in the same order."""
    theirs = Product.objects.filter(cooperative_id=gone_id)
    lock_all(Product, theirs.values_list("pk", flat=True))
    families = Family.objects.filter(cooperative_id=gone_id)
    family_ids = list(families.order_by("pk").values_list("pk", flat=True))
    before, after = _last(kept_id), _last(gone_id)
    offset = max(before, _highest(kept_id))
    upto = offset + max(after, _highest(gone_id))
    theirs.update(cooperative_id=kept_id, number=F("number") + offset)
    Family.objects.filter(pk__in=family_ids).update(cooperative_id=kept_id)
    Shop.objects.filter(pk=kept_id).update(last_product_number=upto)
    return {"offset": offset, "upto": upto, "last": before, "families": family_ids}


def move_back(facts: Facts, gone_id: int, kept_id: int) -> None:
    """Products that were begun since stay, without the families that go."""
    moved = _moved(facts, kept_id)
    lock_all(Product, moved.values_list("pk", flat=True))
    moved.update(cooperative_id=gone_id, number=F("number") - facts["offset"])
    families = facts["families"]
    Product.objects.filter(cooperative_id=kept_id, family__in=families).update(family=None)
    Product.objects.filter(cooperative_id=gone_id).exclude(family__in=families).filter(
        family__isnull=False
    ).update(family=None)
    Family.objects.filter(pk__in=families, cooperative_id=kept_id).update(cooperative_id=gone_id)
    # A number is never given twice: the counter goes back only if it was not used since.
    counter = Shop.objects.filter(pk=kept_id, last_product_number=facts["upto"])
    counter.update(last_product_number=facts["last"])


def _moved(facts: Facts, kept_id: int) -> QuerySet[Product]:
    return Product.objects.filter(
        cooperative_id=kept_id, number__gt=facts["offset"], number__lte=facts["upto"]
    )


def count(cooperative_id: int) -> dict[str, int]:
    return {"products": Product.objects.filter(cooperative_id=cooperative_id).count()}


def _last(cooperative_id: int) -> int:
    shop = Shop.objects.filter(pk=cooperative_id).values_list("last_product_number", flat=True)
    return shop.first() or 0


def _highest(cooperative_id: int) -> int:
    found = Product.objects.filter(cooperative_id=cooperative_id).aggregate(most=Max("number"))
    return found["most"] or 0


movers["catalogue"] = Mover(
    turn=3,
    moves=frozenset({"catalogue.Product.cooperative", "catalogue.Family.cooperative"}),
    move=move,
    move_back=move_back,
    count=count,
)
