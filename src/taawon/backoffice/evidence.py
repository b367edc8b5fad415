"""What the register holds beside what the claimant says: by which a claim is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from taawon.accounts.models import Person
from taawon.cooperatives import history, pairs
from taawon.cooperatives.history import Said
from taawon.cooperatives.likeness import is_same_person
from taawon.cooperatives.models import Claim, Cooperative, Membership
from taawon.cooperatives.states import Role
from taawon.core.folding import folded
from taawon.core.languages import current, said_by
from taawon.web import register_words
from taawon.web.market.origins import source_name

AGREES: Final = "agrees"
DIFFERS: Final = "differs"
# Another person than the register names, as may well be.
OTHER: Final = "other"
# In the claimant's message.
NAMED: Final = "named"
# The code that went to it came back.
PROVED: Final = "proved"
_FIELDS = (
    "president",
    "phone_on_record",
    "registration_number",
    "court",
    "registered_on",
    "status",
    "province_id",
    "commune_id",
    "women",
    "men",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the register, who says it as of when, and what the claimant says to it."""

    field: str
    label: str
    register: str
    source: str
    as_of: date | None
    claimant: str
    mark: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is there or asks too: the papers they sent, and what of the register names them."""

    one: Membership | Claim
    claim: Claim | None
    fits: Sequence[str]


def lines(claim: Claim) -> list[Line]:
    """One query, for the sources."""
    values, said = history.values(claim.cooperative), history.said(claim.cooperative_id)
    return [
        Line(
            field=field,
            label=register_words.label(field),
            register=register_words.value(field, values[field]),
            **_source(said.get(field)),
            claimant=_claimant(claim, field),
            mark=_mark(claim, field, values),
        )
        for field in _FIELDS
    ]


def speakers(claim: Claim, members: Iterable[Membership]) -> list[Speaker]:
    """Members with the claims by which they came in; two queries."""
    behind = pairs.claims_behind(claim.cooperative_id)
    return [
        Speaker(one, behind.get(one.person_id), _fits(claim.cooperative, one.person))
        for one in members
    ]


def asking(claim: Claim, rivals: Iterable[Claim]) -> list[Speaker]:
    return [Speaker(one, one, _fits(claim.cooperative, one.person)) for one in rivals]


def _source(said: Said | None) -> dict[str, Any]:
    if said is None:
        return {"source": "", "as_of": None}
    return {"source": source_name(said.source, said.title), "as_of": said.as_of}


def _claimant(claim: Claim, field: str) -> str:
    if field == "president":
        return claim.person.name
    return register_words.value(field, claim.person.phone) if field == "phone_on_record" else ""


def _mark(claim: Claim, field: str, values: Mapping[str, Any]) -> str:
    kept, person = values[field], claim.person
    if not kept:
        return ""
    if field == "phone_on_record":
        otherwise = PROVED if claim.proved_at else OTHER
        return _same(kept == person.phone, otherwise) if person.phone else ""
    if field == "president":
        presides = claim.role == Role.PRESIDENT and not claim.succession
        same = is_same_person(kept, person.name)
        return _same(same, DIFFERS if presides else OTHER) if person.name else ""
    return NAMED if _is_named(claim, field, kept) else ""


def _same(same: bool, otherwise: str) -> str:  # noqa: FBT001 - what was found
    return AGREES if same else otherwise


def _is_named(claim: Claim, field: str, kept: Any) -> bool:
    """Whether the claimant's message names it."""
    written = f" {folded(claim.message)} "
    entry = claim.cooperative
    names = {
        "registration_number": [kept],
        "court": [kept],
        "commune_id": [said_by(entry.commune, "name", code) for code in ("fr", "ar", current())]
        if entry.commune
        else [],
    }
    return any(f" {folded(str(name))} " in written for name in names.get(field, []) if name)


def _fits(entry: Cooperative, person: Person) -> list[str]:
    """The names of the fields of the register that name this person."""
    fits = {
        "president": bool(entry.president) and is_same_person(entry.president, person.name),
        "phone_on_record": bool(person.phone) and entry.phone_on_record == person.phone,
    }
    return [register_words.label(field) for field, fit in fits.items() if fit]
