"""ODS (LibreOffice), read as a stream: nothing of the document is kept but the row at hand."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import Element

from defusedxml import (  # type: ignore[import-untyped]  # it publishes no types
    DefusedXmlException,
)
from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # the same
    iterparse,
)

from taawon.cooperatives.sheets import zipped
from taawon.cooperatives.sheets.errors import BadSheet, NoSuchSheet
from taawon.cooperatives.sheets.sheet import EMPTY_RUN, MOST_COLUMNS, Sheet, tidy, with_headings

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BLANKS = (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break")
_CONTENT = "content.xml"
# The same row again and again is no register.
_MOST_TIMES = EMPTY_RUN


def read(file: IO[bytes], sheet: str = "") -> Sheet:
    """The named table, else the first. Raises BadSheet and its kinds."""
    archive = zipped.opened(file)
    about = zipped.count(archive, _CONTENT, b"<table:table-row")
    names = _names(archive)
    wanted = sheet or (names[0] if names else "")
    if wanted not in names:
        raise NoSuchSheet(names=", ".join(names)) if names else BadSheet()
    number, headings, rows = with_headings(tidy(_rows(archive, wanted)))
    return Sheet("ods", headings, number, rows, about, name=wanted, names=names)


def _names(archive: zipfile.ZipFile) -> tuple[str, ...]:
    found = []
    for event, path in _parsed(archive):
        if path[-1].tag == f"{_TABLE}table" and event == "start" and _depth(path) == 1:
            found.append(path[-1].get(f"{_TABLE}name", ""))
        elif event == "end" and len(path) > 1:
            path[-2].clear()
    return tuple(found)


def _depth(path: list[Element]) -> int:
    """A table may stand in a cell of another."""
    return sum(1 for element in path if element.tag == f"{_TABLE}table")


def _rows(archive: zipfile.ZipFile, wanted: str) -> Iterator[list[str]]:
    here = _Place(wanted)
    for event, path in _parsed(archive):
        if path[-1].tag == f"{_TABLE}table" and _depth(path) == 1:
            if here.inside and event == "end":
                return
            here.inside = event == "start" and path[-1].get(f"{_TABLE}name", "") == wanted
        elif event == "start":
            here.begin(path[-1])
        elif here.end(path):
            for _ in range(here.times):
                yield list(here.cells)


@dataclass
class _Place:
    """How far the reading is: the row at hand, and how often it stands there."""

    wanted: str
    inside: bool = False
    cells: list[str] = field(default_factory=list)
    times: int = 1

    def begin(self, element: Element) -> None:
        if element.tag == f"{_TABLE}table-row":
            self.cells, self.times = [], _times(element, "number-rows-repeated", _MOST_TIMES)

    def end(self, path: list[Element]) -> bool:
        """Whether a row is complete. What was read is let go."""
        element = path[-1]
        if element.tag in _CELLS:
            if self.inside and len(self.cells) < MOST_COLUMNS:
                again = _times(element, "number-columns-repeated", MOST_COLUMNS)
                self.cells += [_text(element)] * again
            path[-2].clear()
            return False
        if element.tag != f"{_TABLE}table-row":
            return False
        path[-2].clear()
        return self.inside


def _parsed(archive: zipfile.ZipFile) -> Iterator[tuple[str, list[Element]]]:
    """("start" or "end", the elements from the root down to the one that begins or ends)."""
    path: list[Any] = []
    try:
        with archive.open(_CONTENT) as content:
            for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    path.append(element)
                    yield event, path
                else:
                    yield event, path
                    path.pop()
    except (
        DefusedXmlException,
        zipfile.BadZipFile,
        SyntaxError,  # of XML
        KeyError,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
    ):
        raise BadSheet from None


def _times(element: Element, name: str, most: int) -> int:
    written = element.get(f"{_TABLE}{name}", "1")
    return max(1, min(int(written), most)) if written.isdecimal() and len(written) < 9 else 1


def _text(cell: Element) -> str:
    formula = cell.get(f"{_TABLE}formula")
    if formula:
        return "=" + formula.partition("=")[2]
    match cell.get(f"{_OFFICE}value-type"):
        case "date":
            return cell.get(f"{_OFFICE}date-value", "").replace("T00:00:00", "").replace("T", " ")
        case "float" | "currency" | "percentage":
            return _number(cell.get(f"{_OFFICE}value", ""))
        case "boolean":
            return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    return "\n".join(_words(line) for line in cell if line.tag == f"{_TEXT}p")


def _number(written: str) -> str:
    head, _, tail = written.partition(".")
    return head if tail.strip("0") == "" else written


def _words(line: Element) -> str:
    for inner in line.iter():
        if inner.tag in _BLANKS:
            inner.tail = f" {inner.tail or ''}"
    return "".join(line.itertext())
