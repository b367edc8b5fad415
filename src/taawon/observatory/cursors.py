"""Where a reader stands in a list, as a word that means nothing to anybody else."""

from __future__ import annotations

import base64
import re

from taawon.core.errors import Invalid
from taawon.search.feed import Line

_ROW = re.compile(r"r\.(\d{1,18})")
_LINE = re.compile(r"c\.(\d{1,18})\.(\d{1,18})")


def of_row(last_id: int) -> str:
    return _word(f"r.{last_id}")


def row(word: str) -> int:
    """The id behind which the reader stands; 0 at the beginning. Raises Invalid."""
    return int(_read(word, _ROW, "cursor")[1]) if word else 0


def of_line(line: Line) -> str:
    return _word(f"c.{line.transaction_id}.{line.id}")


def line(word: str) -> Line:
    """Raises Invalid."""
    found = _read(word, _LINE, "since")
    return Line(transaction_id=int(found[1]), id=int(found[2]))


def _word(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(word: str, shape: re.Pattern[str], field: str) -> re.Match[str]:
    try:
        text = base64.urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
        found = shape.fullmatch(text.decode("ascii"))
    except ValueError:
        found = None
    # One word for each place: what decodes to it by accident is refused.
    if found is None or _word(found[0]) != word:
        raise Invalid(field=field)
    return found
