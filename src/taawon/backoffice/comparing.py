"""Two entries side by side: what they say, where they differ, and what would move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from taawon.backoffice.desk import Desk
from taawon.cooperatives import merging, pairs, queries
from taawon.cooperatives.models import Cooperative, Merge, Pair
from taawon.cooperatives.states import PairState
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.places.queries import provinces, regions
from taawon.web import register_words as words

# What several fields say together; a field of its own is called as `register_words` calls it.
_TOGETHER: Mapping[str, str | Promise] = {
    "registration": _("Registration"),
    "place": _("Place"),
    "members": _("Women and men"),
    "picture": _("Picture"),
    "food": _("Food authorisation"),
}
MOVES: Mapping[str, str | Promise] = {
    "members": _("Accounts of its people"),
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
    # Which of two that bear the same name: its number in the register, and where it lies.
    registration: str
    place: str

    @property
    def has_shop(self) -> bool:
        return getattr(self.entry, "shop", None) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both say; `takes` is the side whose value holds after the merge."""

    key: str
    label: str
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
            label=label(key),
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


def label(key: str) -> str:
    return str(_TOGETHER[key]) if key in _TOGETHER else words.label(merging.CHOICES[key][0])


def said(entry: Cooperative, key: str) -> str:
    """What an entry says, for a page: escaped, "" for nothing."""
    if key in _SAID:
        return _SAID[key](entry)
    [field] = merging.CHOICES[key]
    value = merging.raw(getattr(entry, field))
    # Nothing is cut: somebody chooses between the two.
    return "" if value in (None, "") else words.value(field, value, most=None)


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
    return Side(
        entry,
        said_by(entry, "name"),
        [(MOVES[name], n) for name, n in moves.items()],
        entry.registration_number,
        _place(entry),
    )


def _place(entry: Cooperative) -> str:
    commune = str(entry.commune) if entry.commune else ""
    province = provinces().get(entry.province_id)
    region = regions().get(entry.region_id)
    named = (commune, province.name if province else "", region.name if region else "")
    return " · ".join(name for name in named if name)


def _registration(entry: Cooperative) -> str:
    fields = [(name, getattr(entry, name)) for name in merging.CHOICES["registration"]]
    parts = [(words.value(name, value),) for name, value in fields if value]
    return format_html_join(" · ", "{}", parts)


def _members(entry: Cooperative) -> str:
    return f"{entry.women} + {entry.men}" if entry.women or entry.men else ""


_SAID: Mapping[str, Callable[[Cooperative], str]] = {
    "registration": _registration,
    "place": _place,
    "members": _members,
    "picture": lambda entry: str(entry.picture or ""),
    "food": lambda entry: entry.food_authorisation or entry.food_exemption,
}
