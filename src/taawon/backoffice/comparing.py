"""Two entries side by side: what they say, where they differ, and what would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.backoffice.desk import Desk
from taawon.cooperatives import branches, merging, pairs, queries
from taawon.cooperatives.models import Cooperative, Merge, Pair
from taawon.cooperatives.states import PairState
from taawon.core import phone as phones
from taawon.core.errors import NotFound
from taawon.core.languages import current, said_by
from taawon.core.money import Money
from taawon.places.queries import provinces, regions
from taawon.web.numbers import day

REASONS: Mapping[str, str | Promise] = {
    "name": _("name"),
    "province": _("province"),
    "commune": _("commune"),
    "phone": _("phone"),
    "president": _("president"),
    "number": _("registration number"),
}
LABELS: Mapping[str, str | Promise] = {
    "name_fr": _("Name in French"),
    "name_ar": _("Name in Arabic"),
    "name_zgh": _("Name in Tamazight"),
    "name_en": _("Name in English"),
    "registration": _("Registration"),
    "registered_on": _("Registered on"),
    "status": _("State"),
    "sector": _("Field of activity"),
    "place": _("Place"),
    "address": _("Address"),
    "purpose_fr": _("Purpose in French"),
    "purpose_ar": _("Purpose in Arabic"),
    "purpose_zgh": _("Purpose in Tamazight"),
    "purpose_en": _("Purpose in English"),
    "capital": _("Capital"),
    "members": _("Women and men"),
    "is_womens": _("Women’s cooperative"),
    "is_youth": _("Cooperative of young people"),
    "president": _("President"),
    "phone_on_record": _("Phone on record"),
    "phone": _("Public phone"),
    "about_fr": _("About, in French"),
    "about_ar": _("About, in Arabic"),
    "about_zgh": _("About, in Tamazight"),
    "about_en": _("About, in English"),
    "picture": _("Picture"),
    "food": _("Food authorisation"),
}
MOVES: Mapping[str, str | Promise] = {
    "members": _("Members"),
    "tickets": _("Call-backs"),
    "orders": _("Orders"),
    "products": _("Products"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and what belongs to it."""

    entry: Cooperative
    name: str
    moves: list[tuple[str | Promise, int]]

    @property
    def has_shop(self) -> bool:
        return getattr(self.entry, "shop", None) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both say; `takes` is the side whose value holds after the merge."""

    key: str
    label: str | Promise
    kept: str
    gone: str
    differs: bool
    takes: str


@dataclass(frozen=True, slots=True)
class Compared:
    kept: Side
    gone: Side
    pair: Pair | None
    lines: list[Line]

    @property
    def differing(self) -> int:
        return sum(line.differs for line in self.lines)

    @property
    def may_be_told_apart(self) -> bool:
        return self.pair is not None and self.pair.state == PairState.LIKELY

    @property
    def may_be_merged(self) -> bool:
        apart = self.pair is not None and self.pair.state == PairState.DIFFERENT
        ends = (self.kept.entry, self.gone.entry)
        return not apart and not any(one.merged_into_id or one.disputed_since for one in ends)


def compared(desk: Desk, kept_id: int, gone_id: int, chosen: Mapping[str, str]) -> Compared:
    """Both entries for whoever looks after both. Raises NotFound."""
    kept, gone = _entry(desk, kept_id), _entry(desk, gone_id)
    takes = merging.usual(kept, gone) | dict(chosen)
    differing = set(merging.differing(kept, gone))
    lines = [
        Line(
            key=key,
            label=LABELS[key],
            kept=said(kept, key),
            gone=said(gone, key),
            differs=key in differing,
            takes=takes[key],
        )
        for key in merging.CHOICES
    ]
    return Compared(
        kept=_side(kept),
        gone=_side(gone),
        pair=pairs.pair_of(kept_id, gone_id),
        lines=[line for line in lines if line.kept or line.gone],
    )


def said(entry: Cooperative, key: str) -> str:
    """What an entry says, in words; "" for nothing."""
    if key in _SAID:
        return _SAID[key](entry)
    value = getattr(entry, merging.CHOICES[key][0])
    if isinstance(value, date):
        return day(value, current())
    return str(value or "")


def merge_row(one: Merge) -> dict[str, Any]:
    return {
        "merge": one,
        "kept": said_by(one.kept, "name"),
        "gone": said_by(one.gone, "name"),
        "slug_id": f"{one.gone.slug}-{one.gone_id}",
        # What was merged again later comes apart after that.
        "may_be_undone": one.undone_at is None
        and one.gone.merged_into_id == one.kept_id
        and one.kept.merged_into_id is None,
    }


def _entry(desk: Desk, cooperative_id: int) -> Cooperative:
    found = queries.page(cooperative_id)
    if found is None:
        raise NotFound
    desk.insist(found.region_id)
    return found


def _side(entry: Cooperative) -> Side:
    moves = pairs.what_moves(entry.pk)
    return Side(entry, said_by(entry, "name"), [(MOVES[name], n) for name, n in moves.items()])


def _place(entry: Cooperative) -> str:
    commune = str(entry.commune) if entry.commune else ""
    province = provinces().get(entry.province_id)
    region = regions().get(entry.region_id)
    named = (commune, province.name if province else "", region.name if region else "")
    return " · ".join(name for name in named if name)


def _registration(entry: Cooperative) -> str:
    kind = str(entry.get_registration_kind_display())
    return " · ".join(part for part in (kind, entry.registration_number, entry.court) if part)


def _food(entry: Cooperative) -> str:
    return entry.food_authorisation or entry.food_exemption


def _sector(entry: Cooperative) -> str:
    found = branches.sectors().get(entry.sector_id)
    return found.name if found else entry.sector_id


def _yes(value: bool) -> str:  # noqa: FBT001 - a value of the register
    return str(_("yes") if value else _("no"))


def _phone(number: str) -> str:
    return phones.readable(number) if number else ""


_SAID = {
    "registration": _registration,
    "status": lambda entry: str(entry.get_status_display()),
    "sector": _sector,
    "place": _place,
    "capital": lambda entry: str(Money(entry.capital_centimes)) if entry.capital_centimes else "",
    "members": lambda entry: f"{entry.women} + {entry.men}" if entry.women or entry.men else "",
    "is_womens": lambda entry: _yes(entry.is_womens),
    "is_youth": lambda entry: _yes(entry.is_youth),
    "phone": lambda entry: _phone(entry.phone),
    "phone_on_record": lambda entry: _phone(entry.phone_on_record),
    "food": _food,
}
