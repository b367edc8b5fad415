"""Take rows for the length of a transaction, always in the same order.

PostgreSQL locks the rows (FOR NO KEY UPDATE: rows that only point here are not held up). SQLite has
locked the whole file already, at BEGIN IMMEDIATE (see config/env.py), and ignores FOR UPDATE: one
line of code serves both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

M = TypeVar("M", bound=Model)


def lock(model: type[M], **where: Any) -> M:
    """The one row; raises the model's DoesNotExist."""
    _require_transaction()
    return model._default_manager.select_for_update(of=("self",), no_key=True).get(**where)


def lock_all(model: type[M], pks: Iterable[Any]) -> dict[Any, M]:
    _require_transaction()
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in rows.filter(pk__in=set(pks)).order_by("pk")}


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A lock lives inside a transaction: open one with @atomic.")
