"""What each column of the open files holds: its meaning and its unit, in the reader's language.

`COLUMNS` are those of the register in their order; a new one is a line here and one in
`register.row`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` is what a value is counted in, or what kind of a value it is."""

    name: str
    meaning: Text
    unit: Text


_TEXT = pgettext_lazy("kind of a value", "text")
_CODE = pgettext_lazy("kind of a value", "code")
_NUMBER = pgettext_lazy("kind of a value", "whole number")
_DAY = pgettext_lazy("kind of a value", "day (YYYY-MM-DD)")
_MOMENT = pgettext_lazy("kind of a value", "date and time (ISO 8601)")
_YES_OR_NO = pgettext_lazy("kind of a value", "yes or no (true or false in JSON)")
_ADDRESS = pgettext_lazy("kind of a value", "web address")
_PERSONS = pgettext_lazy("kind of a value", "persons")

REGISTER: Final = (
    Column("id", _("Number of the entry on this platform; it never changes."), _NUMBER),
    Column("url", _("Page of the cooperative."), _ADDRESS),
    Column("name_fr", _("Name in French; empty where the register has none."), _TEXT),
    Column("name_ar", _("Name in Arabic; empty where the register has none."), _TEXT),
    Column("name_zgh", _("Name in Tamazight; empty where the register has none."), _TEXT),
    Column("name_en", _("Name in English; empty where the register has none."), _TEXT),
    Column(
        "registration_kind",
        _(
            "Which number it is: “register” (local register of cooperatives) or “agrement” (the"
            " older approval)."
        ),
        _CODE,
    ),
    Column("registration_number", _("Registration number as the register writes it."), _TEXT),
    Column("court", _("Court whose register holds the entry."), _TEXT),
    Column("registered_on", _("Day of the registration; empty where it is not known."), _DAY),
    Column("status", _("active, inactive, dissolved or struck_off."), _CODE),
    Column("sector", _("Field of activity."), _CODE),
    Column("sector_fr", _("Name of the field of activity in French."), _TEXT),
    Column("sector_ar", _("Name of the field of activity in Arabic."), _TEXT),
    Column("region", _("Region of the seat, MA-01 to MA-12."), _CODE),
    Column("region_fr", _("Name of the region in French."), _TEXT),
    Column("region_ar", _("Name of the region in Arabic."), _TEXT),
    Column("province", _("Province or prefecture of the seat."), _CODE),
    Column("province_fr", _("Name of the province in French."), _TEXT),
    Column("province_ar", _("Name of the province in Arabic."), _TEXT),
    Column("commune", _("Commune of the seat; empty where nobody wrote it down."), _CODE),
    Column("commune_fr", _("Name of the commune in French."), _TEXT),
    Column("commune_ar", _("Name of the commune in Arabic."), _TEXT),
    Column("women", _("Members who are women; empty where no members are known."), _PERSONS),
    Column("men", _("Members who are men; empty where no members are known."), _PERSONS),
    Column(
        "capital_centimes",
        _("Capital; empty where it is not known. 100 centimes are a dirham."),
        pgettext_lazy("kind of a value", "centimes of a dirham"),
    ),
    Column("is_womens", _("Marked as a women’s cooperative."), _YES_OR_NO),
    Column("is_youth", _("Marked as a youth cooperative."), _YES_OR_NO),
    Column("sells_online", _("Its shop on this platform is open."), _YES_OR_NO),
    Column(
        "source",
        _(
            "Who says that the entry exists: the title of the register that it was imported from,"
            " else “import”, “owner” (the cooperative), “team” (the national team) or “merge”"
            " (taken over from another entry)."
        ),
        _TEXT,
    ),
    Column("source_date", _("As of which day the source says so."), _DAY),
)
COLUMNS: Final = tuple(column.name for column in REGISTER)
# Beside the rows in JSON, in each row of CSV.
ABOUT: Final = (
    Column("publisher", _("Who publishes the file, and is to be named."), _TEXT),
    Column("licence", _("Licence of the data."), _ADDRESS),
    Column("as_of", _("When the rows were read."), _MOMENT),
)
SERIES: Final = (
    Column("code", _("Code of the line: a region, province, field, status, year or month."), _CODE),
    Column("name", _("Name of the line in the language of the page."), _TEXT),
    Column(
        "number",
        _("What the series counts. Tables that cross two things have a column for each kind."),
        pgettext_lazy("kind of a value", "see the column “unit”"),
    ),
    Column(
        "share_permille",
        _("Share in thousandths: of the total, or of the line in tables of two kinds."),
        "‰",
    ),
    Column(
        "withheld",
        _("Columns whose cell is empty in this line because small numbers are withheld."),
        _CODE,
    ),
    Column("unit", _("What is counted."), _TEXT),
    Column("as_of", _("Day of the figures."), _DAY),
    Column("snapshot", _("Month of the snapshot; empty for the figures of the day."), _CODE),
    Column("definition", _("What is counted, in words."), _TEXT),
    Column("source", _("Who counted, and is to be named."), _TEXT),
    Column("licence", _("Licence of the data; empty for figures of others."), _ADDRESS),
    Column("address", _("Page of the series, to be cited."), _ADDRESS),
)
