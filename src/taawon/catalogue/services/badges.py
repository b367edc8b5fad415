"""The labels that a cooperative bears: those of its products that anybody may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from taawon.catalogue.models import Product
from taawon.catalogue.states import State
from taawon.cooperatives import shown
from taawon.cooperatives.models import Cooperative
from taawon.core.locks import lock


@transaction.atomic
def carry(cooperative_id: int) -> bool:
    """Write down anew which labels a cooperative bears; whether that changed them.

    Called in the transaction that changed a product, with the cooperative locked before it.
    """
    cooperative = lock(Cooperative, pk=cooperative_id)
    theirs = _seen().filter(cooperative_id=cooperative_id)
    codes = _together(theirs.values_list("label_codes", flat=True))
    if codes == cooperative.label_codes:
        return False
    Cooperative.objects.filter(pk=cooperative_id).update(label_codes=codes)
    shown.changed(cooperative_id)
    return True


def repair() -> list[int]:
    """Write down anew what does not fit the products; the cooperatives that were wrong.

    One transaction a cooperative: nobody waits for the others.
    """
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    labelled = _seen().exclude(label_codes=[]).order_by("pk")
    for pk, codes in labelled.values_list("cooperative_id", "label_codes").iterator():
        wanted[pk].update(codes)
    marked = Cooperative.objects.exclude(label_codes=[]).order_by("pk")
    kept = dict(marked.values_list("pk", "label_codes"))
    wrong = [pk for pk in sorted({*wanted, *kept}) if sorted(wanted[pk]) != kept.get(pk, [])]
    return [pk for pk in wrong if carry(pk)]


def _seen() -> QuerySet[Product]:
    return Product.objects.filter(state=State.PUBLISHED, held=False)


def _together(found: Iterable[list[str]]) -> list[str]:
    return sorted({code for codes in found for code in codes})
