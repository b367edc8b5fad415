"""CSV in any usual encoding and separator."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Final

import charset_normalizer

from taawon.cooperatives.sheets.errors import HugeCell, NotASheet
from taawon.cooperatives.sheets.sheet import Sheet, tidy, with_headings

DELIMITERS: Final = (";", ",", "\t", "|")
# Of offices in Morocco that do not write UTF-8.
_OLD: Final = ("cp1252", "cp1256", "iso8859_6")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE: Final = 1 << 20
_SAMPLE: Final = 200_000
_LONGEST_LINE: Final = 1_000_000
_LOOKED_AT: Final = 30


def read(file: IO[bytes]) -> Sheet:
    """Raises NotASheet, HugeCell, EmptySheet."""
    encoding = encoding_of(file)
    about = _lines_of(file, encoding)
    file.seek(0)
    lines = io.TextIOWrapper(file, encoding=encoding, newline="", errors="strict")
    first = [lines.readline(_LONGEST_LINE) for _ in range(_LOOKED_AT)]
    delimiter = delimiter_of(first)
    file.seek(0)
    lines.detach()
    number, headings, rows = with_headings(tidy(_records(file, encoding, delimiter)))
    return Sheet("csv", headings, number, rows, about, encoding=encoding, delimiter=delimiter)


def encoding_of(file: IO[bytes]) -> str:
    """The name of a codec. Raises NotASheet for what is no text."""
    file.seek(0)
    start = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if b"\0" in start:
        return _of_two_bytes(start)
    if _is_utf8(file):
        return "utf-8"
    telling = b"\n".join(line for line in _old_lines(file) if not line.isascii())[:_SAMPLE]
    best = charset_normalizer.from_bytes(telling, cp_isolation=list(_OLD)).best()
    if best is None:
        raise NotASheet
    return best.encoding if best.encoding in _OLD else "cp1252"


def _of_two_bytes(start: bytes) -> str:
    """UTF-16 without a mark: every second byte of what is not Arabic is zero."""
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if zeros.count(0) > len(zeros) // 10:
            try:
                text = start[: len(start) // 2 * 2].decode(name)
            except UnicodeDecodeError:
                continue
            if "\0" not in text and "\n" in text:
                return name
    raise NotASheet


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old_lines(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    read = 0
    while read < 20 * _SAMPLE and (line := file.readline(_LONGEST_LINE)):
        if b"\0" in line:
            raise NotASheet
        read += len(line)
        yield line.rstrip(b"\r\n")


def _lines_of(file: IO[bytes], encoding: str) -> int:
    file.seek(0)
    found = 0
    while piece := file.read(_PIECE):
        found += piece.count(b"\n") or piece.count(b"\r")
    return found


def delimiter_of(lines: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells, and into more than one."""
    return max(DELIMITERS, key=lambda sign: _fit(lines, sign))


def _fit(lines: list[str], sign: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return times, width


def _records(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[list[str]]:
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    place = [1]
    reader = csv.reader(_bounded(text, place), delimiter=delimiter)
    try:
        for record in reader:
            yield record
            place[0] += 1
    except csv.Error:  # A field longer than the module allows (131,072 signs).
        raise HugeCell(row=place[0]) from None
    except UnicodeError:
        raise NotASheet from None
    finally:
        # The file belongs to whoever opened it, and may have closed it.
        with suppress(ValueError):
            text.detach()


def _bounded(text: io.TextIOWrapper, place: list[int]) -> Iterator[str]:
    """Its lines, none so long that it fills the memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise HugeCell(row=place[0])
        yield line.replace("\0", "")
