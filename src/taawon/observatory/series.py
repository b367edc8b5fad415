"""Every series that the observatory shows: what it counts, in which unit, from whom and how.

Official series are figures that others published; they are shown as published and never rescaled.
The platform's own are counted from its register. The two never share a table or a chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Shape(StrEnum):
    """How the table of a series is laid out."""

    PARTS = "parts"  # a number for each line
    CROSSED = "crossed"  # lines by columns
    MONTHS = "months"  # the same number in each snapshot
    NUMBER = "number"  # a single figure


class Lines(StrEnum):
    """What a line stands for."""

    REGION = "region"
    PROVINCE = "province"
    SECTOR = "sector"
    STATUS = "status"
    YEAR = "year"
    MONTH = "month"
    NONE = "none"


class Drawing(StrEnum):
    MAP = "map"
    BARS = "bars"
    YEARS = "years"
    TREND = "trend"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A figure or a table of figures. `as_of` is None for what is counted when it is asked for.

    `permille` is the value of a single figure; `definition_known` is False where whoever published
    it did not say what is counted.
    """

    code: str
    title: Text
    definition: Text
    unit: Text
    source: Text
    method: Text
    shape: Shape
    lines: Lines = Lines.NONE
    drawing: Drawing = Drawing.NONE
    official: bool = False
    definition_known: bool = True
    as_of: date | None = None
    as_of_text: Text = ""
    permille: int | None = None

    @property
    def has_snapshots(self) -> bool:
        return not self.official and self.shape is not Shape.MONTHS


_REGISTER = _("The register of this platform")
_COUNTED = _("Counted from the entries of the register, each once.")
_COOPERATIVES = _("cooperatives")
_PUBLISHED = _("As published; nothing is rescaled or corrected.")
_ODCO = _("Office du Développement de la Coopération (ODCO)")
_WITHHELD = _(
    "Counted from the entries of the register. Numbers below the threshold are withheld, together"
    " with others that would give them away by subtraction. This keeps the table, its files and its"
    " snapshots from singling out a few; it keeps nothing secret: the register is public, entry by"
    " entry, and whoever counts the entries finds the same numbers."
)

_ALL = (
    Series(
        code="cooperatives",
        title=_("Cooperatives by region"),
        definition=_("Entries of the register whatever their status, by the region of their seat."),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_COUNTED,
        shape=Shape.PARTS,
        lines=Lines.REGION,
        drawing=Drawing.MAP,
    ),
    Series(
        code="womens-cooperatives",
        title=_("Women’s cooperatives"),
        definition=_(
            "Entries of the register that are marked as women’s cooperatives, and their share of"
            " all entries of the region. It is not the share of women among members."
        ),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_WITHHELD,
        shape=Shape.CROSSED,
        lines=Lines.REGION,
        drawing=Drawing.MAP,
    ),
    Series(
        code="members",
        title=_("Members by sex"),
        definition=_(
            "Women and men who are members of the cooperatives on the register, as the cooperatives"
            " or the register say. A person in two cooperatives is counted twice."
        ),
        unit=_("memberships"),
        source=_REGISTER,
        method=_WITHHELD,
        shape=Shape.CROSSED,
        lines=Lines.REGION,
        drawing=Drawing.MAP,
    ),
    Series(
        code="sectors",
        title=_("Cooperatives by field of activity"),
        definition=_("Entries of the register by the field of activity that they are entered in."),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_COUNTED,
        shape=Shape.PARTS,
        lines=Lines.SECTOR,
        drawing=Drawing.BARS,
    ),
    Series(
        code="sectors-by-region",
        title=_("Fields of activity by region"),
        definition=_("Entries of the register by field of activity and by the region of the seat."),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_WITHHELD,
        shape=Shape.CROSSED,
        lines=Lines.REGION,
    ),
    Series(
        code="provinces",
        title=_("Cooperatives by province"),
        definition=_("Entries of the register by the province or prefecture of their seat."),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_COUNTED,
        shape=Shape.PARTS,
        lines=Lines.PROVINCE,
        drawing=Drawing.BARS,
    ),
    Series(
        code="registrations",
        title=_("New cooperatives each year"),
        definition=_(
            "Entries of the register by the year of their registration. Those that have left the"
            " register since are not counted, so that older years look smaller than they were."
        ),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_COUNTED,
        shape=Shape.PARTS,
        lines=Lines.YEAR,
        drawing=Drawing.YEARS,
    ),
    Series(
        code="months",
        title=_("Cooperatives month by month"),
        definition=_("Entries of the register in the snapshot of each month, as it was taken."),
        unit=_COOPERATIVES,
        source=_("Snapshots of the register of this platform"),
        method=_(
            "Each snapshot is taken once, as early in its month as can be, and never changed."
        ),
        shape=Shape.MONTHS,
        lines=Lines.MONTH,
        drawing=Drawing.TREND,
    ),
    Series(
        code="statuses",
        title=_("Cooperatives by status"),
        definition=_("Entries of the register by their status: active, inactive, ended."),
        unit=_COOPERATIVES,
        source=_REGISTER,
        method=_COUNTED,
        shape=Shape.PARTS,
        lines=Lines.STATUS,
        drawing=Drawing.BARS,
    ),
    Series(
        code="shops",
        title=_("Shops open on the platform"),
        definition=_(
            "Cooperatives whose shop on this platform is open, by the region of the seat."
        ),
        unit=_("shops"),
        source=_REGISTER,
        method=_COUNTED,
        shape=Shape.PARTS,
        lines=Lines.REGION,
        drawing=Drawing.MAP,
    ),
    Series(
        code="official-2019",
        title=_("Official count by region, end of 2019"),
        definition=_("Cooperatives by region as the office published them for the end of 2019."),
        unit=_COOPERATIVES,
        source=_ODCO,
        method=_(
            "As published. The regions add up to two less than the national figure: these two are"
            " shown as unallocated, and nothing is rescaled."
        ),
        shape=Shape.PARTS,
        lines=Lines.REGION,
        drawing=Drawing.MAP,
        official=True,
        as_of=date(2019, 12, 31),
    ),
    Series(
        code="official-womens-2019",
        title=_("Official share of women’s cooperatives, 2019"),
        definition=_(
            "Not published: it is not said whether women’s cooperatives or women among members are"
            " counted."
        ),
        unit=_("per cent"),
        source=_ODCO,
        method=_PUBLISHED,
        shape=Shape.NUMBER,
        official=True,
        definition_known=False,
        as_of=date(2019, 12, 31),
        as_of_text="2019",
        permille=350,
    ),
    Series(
        code="official-womens-2015",
        title=_("Published share of women’s cooperatives, mid-2015"),
        definition=_(
            "Share of cooperatives that are women’s, as published for the middle of 2015."
        ),
        unit=_("per cent"),
        source=_("Published figure; who published it first is not on record"),
        method=_("As published. It is another figure than the one of 2019: the two make no trend."),
        shape=Shape.NUMBER,
        official=True,
        as_of=date(2015, 6, 30),
        as_of_text=_("mid-2015"),
        permille=144,
    ),
)
ALL: dict[str, Series] = {one.code: one for one in _ALL}
OWN: tuple[Series, ...] = tuple(one for one in _ALL if not one.official)
OFFICIAL: tuple[Series, ...] = tuple(one for one in _ALL if one.official)
