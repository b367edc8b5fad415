"""Which entry of the register a row of a file is: number and court, or number and province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taawon.cooperatives.history import FIELDS
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import RegistrationKind
from taawon.core.folding import folded

Row = dict[str, Any]
_ALSO = ("pk", "region_id", "merged_into_id")


def key(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells a row from all others of its file."""
    court = folded(values.get("court") or "")
    return (
        values.get("registration_kind") or RegistrationKind.REGISTER,
        values.get("registration_number") or "",
        court or f"@{values.get('province_id') or ''}",
    )


@dataclass(slots=True)
class Known:
    """Entries of the register by their number, merged ones among them."""

    by_number: dict[str, list[Row]] = field(default_factory=dict)

    def find(self, values: Mapping[str, Any]) -> list[Row]:
        """The entries that the row may be; live ones before those that were merged away."""
        same = self.by_number.get(values.get("registration_number") or "", [])
        if kind := values.get("registration_kind"):
            same = [row for row in same if row["registration_kind"] == kind]
        found = _at_court(same, values) if values.get("court") else _in_province(same, values)
        return [row for row in found if row["merged_into_id"] is None] or found


def known(rows: Iterable[Mapping[str, Any]]) -> Known:
    """Of all rows of a chunk at once; one query."""
    numbers = {row.get("registration_number") for row in rows} - {None, ""}
    found = Known()
    entries = Cooperative.objects.filter(registration_number__in=numbers).order_by("pk")
    for entry in entries.values(*FIELDS, *_ALSO):
        found.by_number.setdefault(entry["registration_number"], []).append(entry)
    return found


def _at_court(same: list[Row], values: Mapping[str, Any]) -> list[Row]:
    court = folded(values["court"])
    exact = [row for row in same if folded(row["court"]) == court]
    # An entry whose court nobody wrote down so far.
    return exact or [row for row in _in_province(same, values) if not row["court"]]


def _in_province(same: list[Row], values: Mapping[str, Any]) -> list[Row]:
    province = values.get("province_id")
    return [row for row in same if not province or row["province_id"] == province]
