"""Tables that others published, in the shape of our own."""

from __future__ import annotations

from functools import cache
from typing import Any

from taawon.observatory import adding
from taawon.places.reference import cooperatives_2019, regions


@cache
def official_2019() -> dict[str, Any]:
    """The twelve regions as published, the national figure as published, and what is between."""
    found = {row.region_code: row.cooperatives for row in cooperatives_2019()}
    total = found.pop("")
    table = {
        "total": total,
        "unallocated": total - sum(found.values()),
        "parts": {region.code: found[region.code] for region in regions()},
    }
    adding.insist({"official-2019": table})
    return table
