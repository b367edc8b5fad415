"""What the national team sees of products; the caller has asked the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from taawon.catalogue.models import Hold, Product
from taawon.catalogue.states import State
from taawon.core.errors import NotFound
from taawon.core.languages import columns

HELD = "held"
ANSWERED = "answered"


def products(
    only: str = "", *, words: Sequence[str] = (), region_code: str | None = None
) -> QuerySet[Product]:
    """Newest first; `only` is a state, "held", or "answered" (held, and it has a reply)."""
    found = Product.objects.order_by("-pk")
    if region_code:
        found = found.filter(cooperative__region_id=region_code)
    if only in State.values:
        found = found.filter(state=only)
    elif only:
        found = found.filter(Exists(_open_holds(only).filter(product=OuterRef("pk"))))
    for word in words:
        named = Q(pk=int(word)) if word.isdecimal() and len(word) < 18 else Q()
        for column in columns("name"):
            named |= Q(**{f"{column}__icontains": word})
        found = found.filter(named)
    return found


def in_order(ids: Iterable[int]) -> list[Product]:
    """These products with their cooperatives, in the order of the ids; one query."""
    order = {pk: place for place, pk in enumerate(ids)}
    found = Product.objects.filter(pk__in=order).select_related("cooperative")
    return sorted(found, key=lambda product: order[product.pk])


def product(product_id: int) -> Product:
    """With its category, cooperative and shop. Raises NotFound."""
    found = Product.objects.select_related("category", "cooperative__shop").filter(pk=product_id)
    one = found.first()
    if one is None:
        raise NotFound
    return one


def _open_holds(only: str) -> QuerySet[Hold]:
    open_ones = Hold.objects.filter(lifted_at__isnull=True)
    return open_ones.filter(answered_at__isnull=False) if only == ANSWERED else open_ones


def holds_answered(region_code: str | None = None) -> QuerySet[Hold]:
    """Open holds to which the cooperative has replied."""
    found = _open_holds(ANSWERED)
    return found.filter(product__cooperative__region_id=region_code) if region_code else found
