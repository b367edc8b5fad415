"""Why a file cannot be read as a sheet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid


class BadSheet(Invalid):
    code = "bad-sheet"
    text = _("This file cannot be read. Save it again as CSV, XLSX or ODS.")

    def __init__(self, **facts: object) -> None:
        super().__init__(**{"field": "file", **facts})


class NotASheet(BadSheet):
    code = "not-a-sheet"
    text = _("This is not a table: send a file in CSV, XLSX or ODS.")


class OldWorkbook(BadSheet):
    code = "old-workbook"
    text = _("This is an old Excel file (.xls), or one with a password. Save it as .xlsx.")


class HasMacros(BadSheet):
    code = "has-macros"
    text = _("This workbook holds macros. Save it as .xlsx without macros.")


class Protected(BadSheet):
    code = "protected-sheet"
    text = _("This file is protected by a password. Save it without one.")


class Bomb(BadSheet):
    code = "sheet-bomb"
    text = _("Unpacked, this file is larger than any register. It was not read.")


class HugeCell(BadSheet):
    """`row`: where, as a spreadsheet counts."""

    code = "huge-cell"
    text = _("A cell in row %(row)d is far too long. Is a quotation mark missing?")


class EmptySheet(BadSheet):
    code = "empty-sheet"
    text = _("This table has no row of headings with rows below.")


class TooManyRows(BadSheet):
    """`most`: rows of a file."""

    code = "too-many-rows"
    text = _("A file holds at most %(most)d rows. Divide it.")


class NoSuchSheet(BadSheet):
    """`names`: the sheets that there are, as one text."""

    code = "no-such-sheet"
    text = _("This file has no sheet of that name. It has: %(names)s.")
