"""What the head of every page shows of a person's basket, read with the person in one query."""

from __future__ import annotations

from django.db.models import IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from taawon.accounts.queries import session_annotations
from taawon.orders.models import BasketLine

_packs = (
    BasketLine.objects.filter(basket__person=OuterRef("pk"))
    .order_by()
    .values("basket")
    .annotate(packs=Sum("quantity"))
    .values("packs")
)
session_annotations["basket_count"] = Coalesce(
    Subquery(_packs, output_field=IntegerField()), 0, output_field=IntegerField()
)
