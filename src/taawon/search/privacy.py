"""What a person keeps searching for goes with them."""

from __future__ import annotations

from typing import Any

from taawon.accounts.privacy import erasers, exporters
from taawon.search.models import SavedSearch


def export(person_id: int) -> list[dict[str, Any]]:
    mine = SavedSearch.objects.filter(person_id=person_id).order_by("pk")
    return [
        {"kind": one.kind, "address": one.address, "made_at": one.made_at.isoformat()}
        for one in mine
    ]


def erase(person_id: int) -> None:
    SavedSearch.objects.filter(person_id=person_id).delete()


exporters["search"] = export
erasers["search"] = erase
