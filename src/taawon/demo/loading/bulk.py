"""Many rows at once, on either database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import DateField, Field, JSONField, Model

BATCH = 2000


def add(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def write(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of a large table, by the names of columns, the same in every row.

    Straight to the database: an object for each of 27,260 rows would take most of the time that
    the demonstration has. What is left out gets the default of its column; a text in several
    languages stands in its plain column in French, as everywhere.
    """
    given = list(rows[0])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    fixed = {
        name: _prepared(field, field.get_default())
        for name, field in fields.items()
        if name not in given and f"{name}_fr" not in given and not field.primary_key
    }
    french = [name for name in fields if name not in given and f"{name}_fr" in given]
    exact = [name for name in given if isinstance(fields[name], DateField | JSONField)]
    columns = [fields[name].column or name for name in (*given, *french, *fixed)]
    constants = tuple(fixed.values())

    def values(row: Mapping[str, Any]) -> tuple[Any, ...]:
        told = dict(row)
        for name in exact:
            told[name] = _prepared(fields[name], told[name])
        return (*told.values(), *(told[f"{name}_fr"] for name in french), *constants)

    quote = connection.ops.quote_name
    named = ", ".join(quote(column) for column in columns)
    signs = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({named}) VALUES ({signs})",
            [values(row) for row in rows],
        )


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def count_on(*models: type[Model]) -> None:
    """The next rows get numbers after those that were given here (PostgreSQL's sequences)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


class Clock:
    """All ages of the world are told from one moment."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)

    def ago(self, *, hours: float = 0, days: float = 0) -> datetime:
        return self.now - timedelta(hours=hours, days=days)
