"""Rows by the thousand. Old ones go batch by batch, each a transaction of its own, none long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import connection, transaction
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


def write_each(model: type[Model], name: str, values: Mapping[Any, Any]) -> None:
    """Write another value into one column of each row, {pk: value}: `bulk_update` takes tens of
    times as long where they are thousands."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    column, key = fields[name], model._meta.pk
    table, *columns = (
        connection.ops.quote_name(str(each))
        for each in (model._meta.db_table, column.column, key.column)
    )
    sql = f"UPDATE {table} SET {columns[0]} = %s WHERE {columns[1]} = %s"
    rows = [
        (column.get_db_prep_save(value, connection), key.get_db_prep_save(pk, connection))
        for pk, value in values.items()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
