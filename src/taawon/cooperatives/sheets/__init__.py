"""Tables from strangers: CSV, XLSX and ODS become rows of text. No database, no meaning yet."""

from __future__ import annotations

from typing import IO

from taawon.cooperatives.sheets import ods, text, workbook
from taawon.cooperatives.sheets.errors import BadSheet, NotASheet, OldWorkbook
from taawon.cooperatives.sheets.sheet import LONGEST_CELL, MOST_ROWS, Sheet
from taawon.cooperatives.sheets.zipped import opened

__all__ = ["LONGEST_CELL", "MOST_ROWS", "BadSheet", "Sheet", "open_sheet"]

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
)
_ARCHIVE = b"PK\x03\x04"


def open_sheet(file: IO[bytes], sheet: str = "") -> Sheet:
    """What a file holds, by its content and not by its name; `sheet` names one of several.

    The file must be seekable and stay open while the rows are read. Raises BadSheet and its kinds,
    as rows are read too.
    """
    file.seek(0)
    start = file.read(8)
    if start.startswith(_ARCHIVE):
        return _of_archive(file, sheet)
    if start == _OLD_EXCEL:
        raise OldWorkbook
    if not start or start.startswith(_OTHERS):
        raise NotASheet
    return text.read(file)


def _of_archive(file: IO[bytes], sheet: str) -> Sheet:
    with opened(file) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return workbook.read(file, sheet)
    if "content.xml" in names:
        return ods.read(file, sheet)
    raise NotASheet
