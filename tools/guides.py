"""Prints the guides of the SMS line: docs/sms/guide.*.typ as PDF, the same bytes each time.

``guides.py`` writes them; ``--check`` fails if a committed one is stale; ``--look DIR`` writes
pictures of the pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

ROOT = Path(__file__).parents[1]
SHEETS = ROOT / "docs" / "sms"
FONTS = ROOT / "src" / "taawon" / "web" / "static" / "taawon" / "fonts"
LANGUAGES = ("fr", "ar")
# The fonts that the pages ship, unpacked; their licence asks for a name other than the family's.
FAMILIES = {"fr": "Taawon Latin", "ar": "Taawon Arabic"}
WEIGHTS = {400: "Regular", 700: "Bold"}
_FAMILY, _STYLE, _WHOLE, _POSTSCRIPT, _GROUP, _GROUP_STYLE = 1, 2, 4, 6, 16, 17
LOOK_PPI = 110.0


def pages(language: str) -> list[bytes]:
    """A picture of each page."""
    made = _printed(language, format="png", ppi=LOOK_PPI)
    return made if isinstance(made, list) else [made]


def pdf(language: str) -> bytes:
    made = _printed(language, format="pdf", timestamp=_day())
    assert isinstance(made, bytes)
    return made


def target(language: str) -> Path:
    return SHEETS / f"guide.{language}.pdf"


def _printed(language: str, **how: Any) -> bytes | list[bytes]:
    """With the fonts that the pages ship, and no other."""
    with _fonts() as folder:
        made: bytes | list[bytes] = typst.compile(
            str(SHEETS / f"guide.{language}.typ"),
            root=str(SHEETS),
            font_paths=[str(folder)],
            ignore_system_fonts=True,
            **how,
        )
    return made


def _day() -> datetime:
    """The date of the file is the day on which its words were changed, and no other."""
    day = tomllib.loads((SHEETS / "guide.toml").read_text())["date"]
    return datetime.combine(day, time(12), UTC)


@contextmanager
def _fonts() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        for language, family in FAMILIES.items():
            for weight, style in WEIGHTS.items():
                font = TTFont(FONTS / f"plex-{language}-{weight}.woff2", recalcTimestamp=False)
                _rename(font, family, style)
                font.flavor = None
                font.save(Path(name) / f"{language}-{weight}.ttf")
        yield Path(name)


def _rename(font: TTFont, family: str, style: str) -> None:
    whole = {_FAMILY: family, _STYLE: style, _WHOLE: f"{family} {style}"}
    whole |= {
        _POSTSCRIPT: f"{family}-{style}".replace(" ", ""),
        _GROUP: family,
        _GROUP_STYLE: style,
    }
    for number, text in whole.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if a printed guide is stale")
    parser.add_argument("--look", type=Path, metavar="DIR", help="write pictures of the pages")
    chosen = parser.parse_args()
    for language in LANGUAGES:
        if chosen.look:
            for number, page in enumerate(pages(language), 1):
                (chosen.look / f"guide.{language}.{number}.png").write_bytes(page)
            continue
        made = pdf(language)
        if chosen.check and target(language).read_bytes() != made:
            print(f"{target(language).name} is stale: run make guides", file=sys.stderr)
            return 1
        if not chosen.check:
            target(language).write_bytes(made)
            print(f"{target(language).name}: {len(made)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
