"""XLSX and ODS are archives: what they hold is measured before anything is unpacked.

`zipfile` reads no more of an entry than its directory declares, so that measuring is enough; what
declares less than it holds fails its check sum.
"""

from __future__ import annotations

import zipfile
from typing import IO

from taawon.cooperatives.sheets.errors import BadSheet, Bomb, HasMacros, Protected

MOST_ENTRIES = 2_000
MOST_BYTES = 300_000_000
# Words of a workbook are kept in memory as it is read.
MOST_BYTES_OF_WORDS = 60_000_000
HIGHEST_RATIO = 200
_SMALL = 5_000_000
_PIECE = 1 << 20
_ENCRYPTED = 0x1


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """Raises BadSheet and its kind."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        raise BadSheet from None
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Bomb
    for entry in entries:
        _look_at(entry)
    return archive


def _look_at(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Protected
    name = entry.filename.lower()
    if name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(("basic/", "scripts/")):
        raise HasMacros
    packed = max(entry.compress_size, 1)
    if entry.file_size > _SMALL and entry.file_size / packed > HIGHEST_RATIO:
        raise Bomb
    if name.endswith("sharedstrings.xml") and entry.file_size > MOST_BYTES_OF_WORDS:
        raise Bomb


def count(archive: zipfile.ZipFile, name: str, mark: bytes) -> int:
    """How often the bytes occur in an entry: a quick look at how long a table is."""
    found, tail = 0, b""
    try:
        with archive.open(name) as entry:
            while piece := entry.read(_PIECE):
                whole = tail + piece
                found += whole.count(mark)
                tail = whole[-len(mark) + 1 :]
    except (zipfile.BadZipFile, OSError, KeyError, EOFError, NotImplementedError):
        raise BadSheet from None
    return found
