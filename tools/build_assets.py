"""Writes the files that browsers load: the style sheet, the icons, the fonts.

``build_assets.py`` writes the style sheet; ``--check`` fails if the committed one is stale.
``--icons DIR`` and ``--fonts DIR`` start again from the unpacked packages ``lucide-static`` and
``@ibm/plex-sans-arabic``, which nobody needs unless an icon or a letter is added.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import lightningcss
from fontTools import subset  # type: ignore[import-untyped]  # it has no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]  # it has no types

WEB = Path(__file__).parents[1] / "src" / "taawon" / "web"
STYLES = WEB / "styles"
BUILT = WEB / "static" / "taawon"
BROWSERS = ["chrome 90", "firefox 90", "safari 15"]
BUDGET = 12 * 1024

# One concern a file; later files win.
SHEETS = [
    "tokens",
    "fonts",
    "base",
    "layout",
    "header",
    "footer",
    "buttons",
    "forms",
    "notices",
    "cards",
    "home",
    "listing",
    "register",
    "product",
    "checkout",
    "orders",
    "desk",
    "seller",
    "phones",
    "tables",
    "print",
]

# Loaded by the pages of one room only.
ALONE = ["observatory"]

# Names of lucide drawings, one a line.
ICONS = (STYLES / "icons.txt").read_text().split()

FEATURES = [
    "kern",
    "liga",
    "mark",
    "mkmk",
    "ccmp",
    "init",
    "medi",
    "fina",
    "rlig",
    "calt",
    "locl",
    "tnum",
]
LATIN = "U+0020-007E,U+00A0-017F,U+01E6,U+01E7,U+2010-2026,U+202F-203A,U+20AC,U+2190-2193,U+2212"
ARABIC = (
    "U+0020-007E,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+00E0,U+00E2,U+00E7-00EA,U+00EE,U+00F4,"
    "U+0600-060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0654,U+0655,U+0660-066C,U+0670,U+067E,"
    "U+0686,U+06A4,U+06A9,U+06AD,U+06AF,U+06CC,U+0763,U+200C-200F,U+2013,U+2014,U+2018,U+2019,"
    "U+2022,U+2026,U+202F,U+2066-2069,U+2190,U+2192,U+2212"
)


def style_sheet(names: Sequence[str]) -> str:
    """Some sheets as one, in words that the oldest browsers of ``BROWSERS`` understand."""
    source = "\n".join((STYLES / f"{name}.css").read_text() for name in names)
    return (
        lightningcss.process_stylesheet(source, filename="app.css", browsers_list=BROWSERS) + "\n"
    )


def sprite(folder: Path) -> str:
    """One SVG with a symbol for each of ``ICONS``; ``folder`` is an unpacked ``lucide-static``."""
    symbols = []
    for name in ICONS:
        drawing = (folder / "icons" / f"{name}.svg").read_text()
        inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
        if inside is None:
            raise ValueError(f"{name}.svg holds no drawing")
        paths = re.sub(r"\s*\n\s*", "", inside[1]).replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def subset_fonts(folder: Path) -> None:
    """Keeps only the letters that the pages use; ``folder`` is an unpacked Plex Sans Arabic."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = FEATURES
    for weight, name in ((400, "Regular"), (700, "Bold")):
        for script, letters in (("fr", LATIN), ("ar", ARABIC)):
            font = TTFont(folder / "fonts/complete/woff2" / f"IBMPlexSansArabic-{name}.woff2")
            _add_narrow_space(font)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=subset.parse_unicodes(letters))
            subsetter.subset(font)
            subset.save_font(font, BUILT / "fonts" / f"plex-{script}-{weight}.woff2", options)


def _add_narrow_space(font: TTFont) -> None:
    """Amounts are grouped by U+202F, which the family lacks and other fonts draw too thin.

    Its licence keeps the name "Plex" for the unchanged family: ours says another inside.
    """
    font["glyf"]["uni202F"] = Glyph()
    font["hmtx"]["uni202F"] = (190, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x202F] = "uni202F"
    for number in (1, 3, 4, 6, 16):
        for record in font["name"].names:
            if record.nameID == number:
                record.string = "TaawonSans" if number in (3, 6) else "Taawon Sans"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if the built files are stale")
    parser.add_argument("--icons", type=Path, metavar="DIR", help="unpacked lucide-static")
    parser.add_argument("--fonts", type=Path, metavar="DIR", help="unpacked @ibm/plex-sans-arabic")
    chosen = parser.parse_args()
    if chosen.icons:
        (BUILT / "icons.svg").write_text(sprite(chosen.icons))
    if chosen.fonts:
        subset_fonts(chosen.fonts)
    sheets = {"app": SHEETS, **{name: [name] for name in ALONE}}
    # Each of them, also after one that is not well.
    return max([_put(f"{name}.css", parts, check=chosen.check) for name, parts in sheets.items()])


def _put(name: str, parts: Sequence[str], *, check: bool) -> int:
    """Write one built sheet, or look whether it is fresh; 1 when something is wrong."""
    sheet, target = style_sheet(parts), BUILT / name
    size = len(gzip.compress(sheet.encode(), 9))
    if size > BUDGET:
        print(f"{name}: {size} bytes compressed, more than {BUDGET}", file=sys.stderr)
        return 1
    if check:
        if not target.exists() or target.read_text() != sheet:
            print(f"{name} is stale: run tools/build_assets.py", file=sys.stderr)
            return 1
        return 0
    target.write_text(sheet)
    print(f"{name}: {len(sheet)} bytes, {size} compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
