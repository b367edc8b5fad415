"""The platform's own figures, counted from the register in one reading.

A book is {series: table}. A table of parts is {"total", "unallocated", "parts": {code: n}}; a
crossed one {"total", "unallocated", "rows": {code: n}, "columns": {code: n}, "cells": {row:
{column: n}}}, with None for what is withheld.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from taawon.cooperatives import statistics
from taawon.cooperatives.branches import fields
from taawon.cooperatives.states import CooperativeStatus
from taawon.cooperatives.statistics import Counted
from taawon.core.memory import remember
from taawon.observatory import adding
from taawon.observatory.suppression import TOTAL, Cell, withheld
from taawon.places.queries import provinces, regions

Book = dict[str, dict[str, Any]]
Table = dict[str, Any]
# Tables of persons: their totals may be small numbers, too.
OF_PERSONS = frozenset({"members"})
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that a table has lines for, also where nothing is to be counted."""

    regions: tuple[str, ...]
    provinces: tuple[str, ...]
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The book of a moment."""

    at: datetime
    book: Book


@remember(seconds=60)
def now() -> Standing:
    """How things stand, at most a minute old; one query of the register."""
    at = timezone.now()
    return Standing(at=at, book=count(statistics.counted(), known(), settings.SMALL_NUMBER))


def known() -> Known:
    return Known(tuple(regions()), tuple(provinces()), tuple(fields()))


def count(rows: Iterable[Counted], known: Known, threshold: int) -> Book:
    """All tables of the register. Raises DoesNotAddUp."""
    tally = _Tally()
    for row in rows:
        tally.add(row)
    kinds = ("womens", "others")
    book = {
        "cooperatives": _parts(tally.regions, known.regions),
        "provinces": _parts(tally.provinces, known.provinces),
        "sectors": _parts(tally.sectors, known.sectors),
        "statuses": _parts(tally.statuses, tuple(CooperativeStatus.values)),
        "shops": _parts(tally.shops, known.regions),
        "registrations": _parts(tally.years, _years(tally.years)),
        "womens-cooperatives": _crossed(tally.womens, known.regions, kinds),
        "members": _crossed(tally.members, known.regions, ("women", "men")),
        "sectors-by-region": _crossed(tally.both, known.regions, known.sectors),
    }
    adding.insist(book)
    covered = {
        code: _covered(table, threshold, with_totals=code in OF_PERSONS)
        if "cells" in table
        else table
        for code, table in book.items()
    }
    adding.insist(covered)
    return covered


class _Tally:
    def __init__(self) -> None:
        self.regions: Counter[str] = Counter()
        self.provinces: Counter[str] = Counter()
        self.sectors: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.shops: Counter[str] = Counter()
        self.years: Counter[str] = Counter()
        self.womens: Counter[tuple[str, str]] = Counter()
        self.members: Counter[tuple[str, str]] = Counter()
        self.both: Counter[tuple[str, str]] = Counter()

    def add(self, row: Counted) -> None:
        region = row.region_code
        self.regions[region] += 1
        self.provinces[row.province_code] += 1
        self.sectors[row.sector_code] += 1
        self.statuses[row.status] += 1
        self.shops[region] += row.sells
        self.years[str(row.year) if row.year else UNKNOWN] += 1
        self.womens[region, "womens" if row.is_womens else "others"] += 1
        self.members[region, "women"] += row.women
        self.members[region, "men"] += row.men
        self.both[region, row.sector_code] += 1


def _parts(counts: Mapping[str, int], codes: Iterable[str]) -> Table:
    parts = dict.fromkeys(codes, 0)
    for code, number in counts.items():
        if code != UNKNOWN:
            parts[code] = number
    return {
        "total": sum(counts.values()),
        "unallocated": counts.get(UNKNOWN, 0),
        "parts": parts,
    }


def _years(counts: Mapping[str, int]) -> tuple[str, ...]:
    """From the first year to the last, those in which nothing was registered as well."""
    years = [int(year) for year in counts if year != UNKNOWN]
    return tuple(str(year) for year in range(min(years), max(years) + 1)) if years else ()


def _crossed(
    counts: Mapping[tuple[str, str], int], rows: Iterable[str], columns: Iterable[str]
) -> Table:
    row_codes = list(dict.fromkeys([*rows, *(row for row, _ in counts)]))
    column_codes = list(dict.fromkeys([*columns, *(column for _, column in counts)]))
    cells = {row: {col: counts.get((row, col), 0) for col in column_codes} for row in row_codes}
    return {
        "total": sum(counts.values()),
        "unallocated": 0,
        "rows": {row: sum(cells[row].values()) for row in row_codes},
        "columns": {col: sum(cells[row][col] for row in row_codes) for col in column_codes},
        "cells": cells,
    }


def _covered(table: Table, threshold: int, *, with_totals: bool) -> Table:
    hidden = withheld(table["cells"], threshold, with_totals=with_totals)

    def shown(row: str, column: str, number: int) -> int | None:
        return None if Cell(row, column) in hidden else number

    return {
        **table,
        "rows": {row: shown(row, TOTAL, number) for row, number in table["rows"].items()},
        "columns": {col: shown(TOTAL, col, number) for col, number in table["columns"].items()},
        "cells": {
            row: {col: shown(row, col, number) for col, number in cells.items()}
            for row, cells in table["cells"].items()
        },
    }
