"""What a test may ask about what happened: the journal and the feed, in their order."""

from __future__ import annotations

from typing import Any

from taawon.journal.models import Entry
from taawon.search.models import Change


def events() -> list[tuple[str, str]]:
    """[("product-drafted", "catalogue.product:1"), …]"""
    return list(Entry.objects.order_by("pk").values_list("name", "subject"))


def names() -> list[str]:
    return [name for name, _ in events()]


def facts() -> list[dict[str, Any]]:
    return list(Entry.objects.order_by("pk").values_list("facts", flat=True))


def fed() -> list[tuple[str, int]]:
    """[("product", 1), …]"""
    return list(Change.objects.order_by("pk").values_list("kind", "document_id"))
