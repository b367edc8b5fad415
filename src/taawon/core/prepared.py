"""Queries whose SQL is written once: Django takes longer to write it than a database to answer.

    in_a_list = Prepared(lambda *ids: Product.objects.filter(pk__in=ids).values("pk", "slug"))
    in_a_list(12, 15, 19)   # [{"pk": 12, "slug": …}, …]

The SQL is kept for each number of arguments. Arguments are whole numbers of at most 15 digits;
whatever else the query needs must stay the same as long as the process runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models import query as django_query

M = TypeVar("M", bound=Model)
# Stands for the first argument while the SQL is written, the next number for the second.
_FIRST = 2**40
_Row = list[Any]
# As Django's own lists of models use it; the stubs are those of another release.
_populators: Callable[..., Any] = django_query.get_related_populators


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL, its parameters (those from `_FIRST` on are arguments), and what reads a row."""

    sql: str
    parameters: Sequence[Any]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    compiler: Any

    def rows(self, arguments: Sequence[int]) -> list[_Row]:
        beyond = _FIRST + len(arguments)
        values = [
            arguments[value - _FIRST]
            if isinstance(value, int) and _FIRST <= value < beyond
            else value
            for value in self.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            found = [list(row) for row in cursor.fetchall()]
        for place, converters, expression in self.converters:
            for row in found:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return found


class _Writer:
    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._kept: dict[tuple[str, int], _Written] = {}

    def written(self, count: int) -> _Written:
        key = (connection.vendor, count)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._write(count)
        return found

    def _write(self, count: int) -> _Written:
        query = self._build(*range(_FIRST, _FIRST + count)).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([expression for expression, *_ in compiler.select])
        return _Written(
            sql,
            parameters,
            [(place, *conversion) for place, conversion in converters.items()],
            compiler,
        )


class Prepared:
    """Rows of a `.values(…)`, as dictionaries."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._writer = _Writer(build)

    def __call__(self, *arguments: int) -> list[dict[str, Any]]:
        written = self._writer.written(len(arguments))
        # The order of the columns is the query's own: translated models mix it.
        names = tuple(written.compiler.query.selected)
        return [dict(zip(names, row, strict=True)) for row in written.rows(arguments)]


class PreparedModels(Generic[M]):
    """Models with their annotations and what `select_related` brings."""

    def __init__(self, build: Callable[..., QuerySet[M, M]]) -> None:
        self._writer = _Writer(build)

    def __call__(self, *arguments: int) -> list[M]:
        written = self._writer.written(len(arguments))
        compiler = written.compiler
        kind = compiler.klass_info
        start, end = kind["select_fields"][0], kind["select_fields"][-1] + 1
        names = [expression.target.attname for expression, *_ in compiler.select[start:end]]
        relations = _populators(kind, compiler.select, connection.alias)
        made = []
        for row in written.rows(arguments):
            one = kind["model"].from_db(connection.alias, names, row[start:end])
            for relation in relations:
                relation.populate(row, one)
            for name, place in compiler.annotation_col_map.items():
                setattr(one, name, row[place])
            made.append(one)
        return made
