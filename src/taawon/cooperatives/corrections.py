"""What somebody types to correct an entry, read by the rules of the register's files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from taawon.cooperatives.errors import CannotBeRead
from taawon.cooperatives.matching import FIELDS
from taawon.cooperatives.reading import ALSO, Problem, Reader, Values, lacking
from taawon.core.text import clean

# A field of the form, named as a column of a file, and the column of the model that it fills.
COLUMNS: Final[Mapping[str, str]] = {
    **{f"name_{code}": f"name_{code}" for code in ("fr", "ar", "zgh", "en")},
    "registration_kind": "registration_kind",
    "registration_number": "registration_number",
    "court": "court",
    "registered_on": "registered_on",
    "status": "status",
    "sector": "sector_id",
    "province": "province_id",
    "commune": "commune_id",
    "address": "address",
    "purpose_fr": "purpose_fr",
    "purpose_ar": "purpose_ar",
    "capital": "capital_centimes",
    "women": "women",
    "men": "men",
    "is_womens": "is_womens",
    "is_youth": "is_youth",
    "president": "president",
    "phone": "phone_on_record",
    "public_phone": "phone",
}
# The register does not hold it: what the cooperative wrote itself is its own affair.
NOT_OFFICIAL: Final = frozenset({"phone"})
# What no entry is without, and what a column holds that says nothing.
NEVER_EMPTY: Final = frozenset(
    ("registration_kind", "registration_number", "status", "sector", "province")
)
_NOTHING: Final[Mapping[str, Any]] = {
    "capital_centimes": 0,
    "women": 0,
    "men": 0,
    "is_womens": False,
    "is_youth": False,
    "registered_on": None,
    "commune_id": None,
}


def seen(values: Mapping[str, Any]) -> Values:
    """Of what an entry holds, the values that a form of correction shows."""
    return {column: values[column] for column in COLUMNS.values()}


def read(written: Mapping[str, str], entry: Mapping[str, Any]) -> Values:
    """Values by the columns of the model, of the fields that were typed; "" empties one.

    `entry` is what it holds now: a commune is looked for in its province. Raises CannotBeRead.
    """
    typed = {name: clean(text) for name, text in written.items() if name in COLUMNS}
    if typed.keys() & {"province", "commune"}:
        typed = {"province": entry["province_id"], "commune": entry["commune_id"] or "", **typed}
    problems = [Problem(name, "missing") for name in NEVER_EMPTY & typed.keys() if not typed[name]]
    told = [name for name in (*FIELDS, *ALSO) if typed.get(name)]
    found = Reader({name: place for place, name in enumerate(told)}).read(
        [typed[name] for name in told]
    )
    values = {COLUMNS[name]: _NOTHING.get(COLUMNS[name], "") for name in typed} | found.values
    problems += found.problems
    if not problems:
        problems = lacking({**entry, **values})
    if problems:
        raise CannotBeRead(problems)
    return values
