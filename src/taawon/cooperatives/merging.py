"""What moves when two entries become one: each room names what it moves, and what stays.

A room above registers a `Mover` by its name as it gets ready, as with `shown.followers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taawon.cooperatives.models import Cooperative
from taawon.core.errors import Invalid
from taawon.core.languages import columns

Facts = dict[str, Any]
KEPT, GONE = "kept", "gone"


@dataclass(frozen=True, slots=True)
class Mover:
    """`move(gone_id, kept_id)` answers facts in JSON's words; `move_back(facts, gone_id, kept_id)`
    undoes that, and leaves what happened since. Both run with the two entries and their shops
    locked, in `turn`: the order in which others lock the same rows. `count(cooperative_id)` is
    what would move, by name. `moves` names the columns that point to a cooperative.
    """

    turn: int
    moves: frozenset[str]
    move: Callable[[int, int], Facts]
    move_back: Callable[[Facts, int, int], None]
    count: Callable[[int], Mapping[str, int]]


movers: dict[str, Mover] = {}

# Columns that point to a cooperative and stay as they are, and why.
stays: dict[str, str] = {
    "cooperatives.Cooperative.merged_into": "it says where the entry went",
    "cooperatives.ImportRow.cooperative_id": "it says which entry a row of a file was",
    "cooperatives.Merge.gone": "it says what was merged",
    "cooperatives.Merge.kept": "it says what was merged",
    "cooperatives.Pair.first": "it says what was compared",
    "cooperatives.Pair.second": "it says what was compared",
    "cooperatives.Proposal.cooperative": "it is about a value of that very entry",
    "cooperatives.Revision.cooperative": "it says what that very entry held",
    "cooperatives.Shop.cooperative": "the shop of what goes is closed, and opened again",
    "messaging.Message.cooperative_id": "it says in whose name a text was paid for",
}

# What is chosen as one: the key, and the columns that follow it.
CHOICES: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in columns("name")},
    "registration": ("registration_kind", "registration_number", "court"),
    "registered_on": ("registered_on",),
    "status": ("status",),
    "sector": ("sector_id",),
    "place": ("region_id", "province_id", "commune_id"),
    "address": ("address",),
    **{name: (name,) for name in columns("purpose")},
    "capital": ("capital_centimes",),
    "members": ("women", "men"),
    "is_womens": ("is_womens",),
    "is_youth": ("is_youth",),
    "president": ("president",),
    "phone_on_record": ("phone_on_record",),
    "phone": ("phone",),
    **{name: (name,) for name in columns("about")},
    "picture": ("picture",),
    "food": ("food_authorisation", "food_authorisation_expires_on", "food_exemption"),
}
_EMPTY = (None, "", 0, False)


def in_turn() -> list[tuple[str, Mover]]:
    return sorted(movers.items(), key=lambda named: (named[1].turn, named[0]))


def usual(kept: Cooperative, gone: Cooperative) -> dict[str, str]:
    """{key: "kept" or "gone"}: what the kept entry lacks is taken from the other one."""
    return {
        key: GONE if not _has(kept, fields) and _has(gone, fields) else KEPT
        for key, fields in CHOICES.items()
    }


def joined(kept: Cooperative, gone: Cooperative, choices: Mapping[str, str]) -> dict[str, Any]:
    """{column: value} that the kept entry gets, those alone that change. Raises Invalid."""
    if not choices.keys() <= CHOICES.keys() or not {*choices.values()} <= {KEPT, GONE}:
        raise Invalid(field="choices")
    new: dict[str, Any] = {}
    for key, side in (usual(kept, gone) | dict(choices)).items():
        if side == GONE:
            new |= {field: getattr(gone, field) for field in CHOICES[key]}
    new = _completed(kept, gone, new)
    if labels := sorted({*kept.label_codes, *gone.label_codes} - {*kept.label_codes}):
        new["label_codes"] = [*kept.label_codes, *labels]
    return {field: value for field, value in new.items() if value != getattr(kept, field)}


def differing(kept: Cooperative, gone: Cooperative) -> list[str]:
    """The keys under which the two say something else."""
    return [
        key
        for key, fields in CHOICES.items()
        if any((getattr(kept, field) or "") != (getattr(gone, field) or "") for field in fields)
    ]


def raw(value: Any) -> Any:
    """As JSON keeps it, so that it can be put back exactly."""
    return value.isoformat() if isinstance(value, date) else value


def _has(entry: Cooperative, fields: tuple[str, ...]) -> bool:
    return any(getattr(entry, field) not in _EMPTY for field in fields)


def _completed(kept: Cooperative, gone: Cooperative, new: dict[str, Any]) -> dict[str, Any]:
    """Of one number the court is filled in, of one province the commune."""
    same_number = (kept.registration_kind, kept.registration_number) == (
        gone.registration_kind,
        gone.registration_number,
    )
    if same_number and not kept.court and gone.court:
        new["court"] = gone.court
    if "province_id" not in new and kept.province_id == gone.province_id and not kept.commune_id:
        new["commune_id"] = gone.commune_id
    return new
