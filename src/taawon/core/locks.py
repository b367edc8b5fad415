"""Take rows for the length of a transaction, always in the same order.

PostgreSQL locks the rows (FOR NO KEY UPDATE: rows that only point here are not held up). SQLite has
locked the whole file already, at BEGIN IMMEDIATE (see config/env.py), and ignores FOR UPDATE: one
line of code serves both.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Model, QuerySet

from taawon.core.errors import NotFound
from taawon.core.prepared import PreparedModels

M = TypeVar("M", bound=Model)


def lock(model: type[M], **where: Any) -> M:
    """The one row; raises the model's DoesNotExist."""
    _require_transaction()
    if not {type(value) for value in where.values()} <= {int, str}:
        return _rows(model).get(**where)
    found = _one(model, *where)(*where.values())
    if not found:
        raise cast(Any, model).DoesNotExist
    [row] = found
    return cast(M, row)


def lock_or_not_found(model: type[M], **where: Any) -> M:
    """The same for what somebody asks for by its number. Raises NotFound."""
    try:
        return lock(model, **where)
    except cast(Any, model).DoesNotExist:
        raise NotFound from None


def lock_all(model: type[M], pks: Iterable[Any]) -> dict[Any, M]:
    _require_transaction()
    if not (wanted := sorted(set(pks))):
        return {}
    return {row.pk: cast(M, row) for row in _several(model)(*wanted)}


def _rows(model: type[M]) -> QuerySet[M]:
    return model._default_manager.select_for_update(of=("self",), no_key=True)


@cache
def _one(model: type[Model], *names: str) -> PreparedModels[Model]:
    return PreparedModels(
        lambda *values: _rows(model).filter(**dict(zip(names, values, strict=True)))
    )


@cache
def _several(model: type[Model]) -> PreparedModels[Model]:
    return PreparedModels(lambda *pks: _rows(model).filter(pk__in=pks).order_by("pk"))


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A lock lives inside a transaction: open one with @atomic.")
