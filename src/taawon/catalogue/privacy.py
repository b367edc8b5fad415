"""Favourites belong to the person: taken along on request, gone when they are erased."""

from __future__ import annotations

from typing import Any

from taawon.accounts.privacy import erasers, exporters
from taawon.catalogue.models import Favourite


def export(person_id: int) -> list[dict[str, Any]]:
    theirs = Favourite.objects.filter(person_id=person_id).order_by("pk")
    return [
        {"product_id": product_id, "since": since.isoformat()}
        for product_id, since in theirs.values_list("product_id", "since")
    ]


def erase(person_id: int) -> None:
    Favourite.objects.filter(person_id=person_id).delete()


exporters["favourites"] = export
erasers["favourites"] = erase
