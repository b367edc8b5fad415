"""Queries whose SQL is written once: Django takes longer to write it than a database to answer.

    in_a_list = Prepared(lambda *ids: Product.objects.filter(pk__in=ids).values("pk", "slug"))
    in_a_list(12, 15, 19)   # [{"pk": 12, "slug": …}, …]

The SQL is kept for each number of arguments. Arguments are texts, and whole numbers of at most 15
digits; whatever else the query needs must stay the same as long as the process runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models import query as django_query
from django.db.models import sql as django_sql
from psycopg.types.numeric import Int8

M = TypeVar("M", bound=Model)
Argument = int | str
Build = Callable[..., QuerySet[Any, Any]]
# More arguments than that are written anew each time.
MOST_ARGUMENTS = 100
# Stand for arguments while the SQL is written: no constant of ours is such a number or text. They
# fit into a column of 32 bits, beyond which Django finds nothing without asking.
_NUMBER, _TEXT = 2**31 - 2**20, "\ufdd0{}\ufdd0"
_Row = list[Any]
# As Django's own lists of models use it; the stubs are those of another release.
_populators: Callable[..., Any] = django_query.get_related_populators


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL; its parameters, and which of them are arguments (place: number of the argument)."""

    sql: str
    parameters: Sequence[Any]
    places: Sequence[tuple[int, int]]
    compiler: Any

    def run(self, cursor: Any, arguments: Sequence[Argument]) -> None:
        values = list(self.parameters)
        for place, number in self.places:
            values[place] = arguments[number]
        cursor.execute(self.sql, _typed(values))


class _Writer:
    """Writes what `compiler_of` makes of the arguments, once for their number and kinds."""

    def __init__(self, compiler_of: Callable[..., Any]) -> None:
        self._compiler_of = compiler_of
        self._kept: dict[tuple[Any, ...], _Written] = {}

    def written(self, arguments: Sequence[Argument]) -> _Written:
        key = (connection.vendor, *map(type, arguments))
        found = self._kept.get(key)
        if found is None:
            found = self._write(arguments)
            if len(arguments) <= MOST_ARGUMENTS:
                self._kept[key] = found
        return found

    def _write(self, arguments: Sequence[Argument]) -> _Written:
        marks = [
            _TEXT.format(number) if isinstance(argument, str) else _NUMBER + number
            for number, argument in enumerate(arguments)
        ]
        compiler = self._compiler_of(*marks)
        sql, parameters = compiler.as_sql()
        places = [
            (place, marks.index(value)) for place, value in enumerate(parameters) if value in marks
        ]
        return _Written(sql, parameters, places, compiler)


class _Reader:
    def __init__(self, build: Build) -> None:
        self._writer = _Writer(lambda *marks: build(*marks).query.get_compiler(connection.alias))
        self._kept: dict[str, list[tuple[int, list[Any], Any]]] = {}

    def read(self, arguments: Sequence[Argument]) -> tuple[Any, list[_Row]]:
        """The compiler that knows the columns, and the rows."""
        written = self._writer.written(arguments)
        with _cursor() as cursor:
            written.run(cursor, arguments)
            rows = [list(row) for row in cursor.fetchall()]
        compiler = written.compiler
        for place, converters, expression in self._converters(compiler):
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return compiler, rows

    def _converters(self, compiler: Any) -> list[tuple[int, list[Any], Any]]:
        """What a column's values pass through on their way from this kind of database."""
        found = self._kept.get(connection.vendor)
        if found is None:
            columns = compiler.get_converters([column for column, *_ in compiler.select])
            found = [(place, *conversion) for place, conversion in columns.items()]
            self._kept[connection.vendor] = found
        return found


class Prepared:
    """Rows of a `.values(…)`, as dictionaries."""

    def __init__(self, build: Build) -> None:
        self._reader = _Reader(build)

    def __call__(self, *arguments: Argument) -> list[dict[str, Any]]:
        compiler, rows = self._reader.read(arguments)
        # The order of the columns is the query's own: translated models mix it.
        names = tuple(compiler.query.selected)
        return [dict(zip(names, row, strict=True)) for row in rows]


class PreparedModels(Generic[M]):
    """Models with their annotations and what `select_related` brings."""

    def __init__(self, build: Callable[..., QuerySet[M, M]]) -> None:
        self._reader = _Reader(build)

    def __call__(self, *arguments: Argument) -> list[M]:
        compiler, rows = self._reader.read(arguments)
        kind = compiler.klass_info
        start, end = kind["select_fields"][0], kind["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in compiler.select[start:end]]
        relations = _populators(kind, compiler.select, connection.alias)
        made = []
        for row in rows:
            one = kind["model"].from_db(connection.alias, names, row[start:end])
            for relation in relations:
                relation.populate(row, one)
            for name, place in compiler.annotation_col_map.items():
                setattr(one, name, row[place])
            made.append(one)
        return made

    def first(self, *arguments: Argument) -> M | None:
        return next(iter(self(*arguments)), None)


class _Change:
    def __init__(self, compiler_of: Callable[..., Any]) -> None:
        self._writer = _Writer(compiler_of)

    def __call__(self, *arguments: Argument) -> int:
        """How many rows it changed."""
        with _cursor() as cursor:
            self._writer.written(arguments).run(cursor, arguments)
            changed: int = cursor.rowcount
        return changed


def prepared_update(build: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]]) -> _Change:
    """`build` gives the rows, and the new values of their fields."""

    def compiler_of(*marks: Argument) -> Any:
        rows, values = build(*marks)
        query: Any = rows.query.chain(django_sql.UpdateQuery)
        query.add_update_values(values)
        return query.get_compiler(connection.alias)

    return _Change(compiler_of)


def prepared_delete(build: Build) -> _Change:
    """Of rows that nothing points to: nobody looks for that."""

    def compiler_of(*marks: Argument) -> Any:
        query = build(*marks).query.chain(django_sql.DeleteQuery)
        return query.get_compiler(connection.alias)

    return _Change(compiler_of)


def insert(objects: Iterable[M]) -> list[M]:
    """New rows of one model in one statement; the objects get their keys."""
    made = list(objects)
    if not made:
        return made
    statement, fields = _insertion(type(made[0]), len(made), connection.vendor)
    values = [
        field.get_db_prep_save(field.pre_save(one, add=True), connection=connection)
        for one in made
        for field in fields
    ]
    with _cursor() as cursor:
        cursor.execute(statement, _typed(values))
        keys = cursor.fetchall()
    for one, (key,) in zip(made, keys, strict=True):
        one.pk = key
        one._state.adding, one._state.db = False, connection.alias
    return made


def _cursor() -> Any:
    """PostgreSQL also plans these statements once a connection: it binds their parameters itself.

    Planning takes it three times as long as answering. A pooler that hands out its connections
    anew for each transaction cannot know of them: `?prepare=no` in the address says so.
    """
    connection.ensure_connection()
    if connection.vendor != "postgresql" or connection.connection.prepare_threshold is None:
        return connection.cursor()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, _binding_cursor()
    try:
        return connection.cursor()
    finally:
        raw.cursor_factory = usual


@cache
def _binding_cursor() -> Any:
    # Only where PostgreSQL is used is this module of Django's complete.
    return import_module("django.db.backends.postgresql.base").ServerBindingCursor


def _typed(values: list[Any]) -> list[Any]:
    """Numbers of one size: PostgreSQL plans a statement anew for other types of its parameters."""
    if connection.vendor != "postgresql":
        return values
    return [Int8(value) if type(value) is int else value for value in values]


@lru_cache(maxsize=256)
def _insertion(
    model: type[Model], count: int, _vendor: str
) -> tuple[str, Sequence[Field[Any, Any]]]:
    key = model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field is not key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    rows = ", ".join([row] * count)
    table, returned = quote(model._meta.db_table), quote(str(key.column))
    return f"INSERT INTO {table} ({columns}) VALUES {rows} RETURNING {returned}", fields
