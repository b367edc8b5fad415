"""Old rows by the thousand: each batch is a transaction of its own, so that none is long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
SIZE = 1_000


def in_batches(old: QuerySet[M], treat: Callable[[QuerySet[M]], Any], *, by: str) -> int:
    """Treat the rows of `old`, oldest `by` a column first; how many they were.

    `treat` must leave none of them in `old`: it blanks or deletes them.
    """
    done = 0
    while keys := list(old.order_by(by).values_list("pk", flat=True)[:SIZE]):
        with transaction.atomic():
            treat(old.filter(pk__in=keys))
        done += len(keys)
    return done


def delete(old: QuerySet[M], *, by: str) -> int:
    """Delete them; how many they were."""
    return in_batches(old, lambda batch: batch.delete(), by=by)
