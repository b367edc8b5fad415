"""Parts make totals: looked at before anything is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taawon.observatory.errors import DoesNotAddUp

Book = Mapping[str, Mapping[str, Any]]


def insist(book: Book) -> None:
    """Every table of a book makes its total, before and after small numbers are withheld.

    Raises DoesNotAddUp, which names the first series that does not.
    """
    for code, table in book.items():
        if not (_crossed(table) if "cells" in table else _one_way(table)):
            raise DoesNotAddUp(series=code)


def _one_way(table: Mapping[str, Any]) -> bool:
    parts = sum(table["parts"].values())
    return bool(parts + table["unallocated"] == table["total"])


def _crossed(table: Mapping[str, Any]) -> bool:
    """Rows, columns and lines; beside a withheld number, what is shown is at most the sum."""
    rows, columns, cells = table["rows"], table["columns"], table["cells"]
    lines = [(rows, table["total"]), (columns, table["total"])]
    lines += [(cells[row], rows[row]) for row in rows]
    lines += [({row: cells[row][column] for row in rows}, columns[column]) for column in columns]
    return table["unallocated"] == 0 and all(_line(parts, total) for parts, total in lines)


def _line(parts: Mapping[str, int | None], total: int | None) -> bool:
    known = sum(number for number in parts.values() if number is not None)
    if total is None:
        return True
    return known <= total if None in parts.values() else known == total
