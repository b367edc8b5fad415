"""Turns the demonstration's drawings into the pictures that it ships, each on two grounds (1, 2).

    python tools/render_drawings.py [--sheet FILE]

Needs Chromium (/usr/bin/chromium, or CHROMIUM). Writes demo/pictures/<drawing>-<ground>-<size>.avif
and .jpg at 240, 400 and 640 px, and <drawing>-<ground>-og.jpg (1200 x 630) for shared links.
`--sheet` also writes one picture of all of them, to look at.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

DEMO = Path(__file__).parents[1] / "src" / "taawon" / "demo"
DRAWINGS, PICTURES = DEMO / "drawings", DEMO / "pictures"
SIDE = 800
SIZES = (240, 400, 640)
COLUMNS = 5
AVIF: dict[str, Any] = {"quality": 50, "speed": 6}
JPEG: dict[str, Any] = {
    "quality": 74,
    "optimize": True,
    "progressive": True,
    "subsampling": "4:2:0",
}

# Wall above, wall below, floor: the grounds of the drawings themselves.
GROUNDS = {
    "honey": ("#f6e7c4", "#eccf94", "#d9b678"),
    "sage": ("#e9eedb", "#cfd9b4", "#b9c69a"),
    "sand": ("#efe3d2", "#dcc5a4", "#c8a97e"),
    "pink": ("#fbeaec", "#f1ced3", "#e3b3ba"),
    "apricot": ("#f7e1d3", "#eec3a6", "#dcaa85"),
    "mist": ("#e4ece9", "#c3d5cf", "#a9c0b8"),
    "sky": ("#e3ecf1", "#c2d5df", "#a7c0cd"),
}
# The second ground of a drawing, by how its first one begins; otherwise mist.
SECOND = {
    "#f6e7c4": "sage",
    "#e9eedb": "honey",
    "#fbeaec": "apricot",
    "#f7e1d3": "sand",
    "#e4ece9": "sand",
    "#e3ecf1": "sand",
    "#efe3d2": "apricot",
    "#f2ead9": "pink",
}
WALL = re.compile(
    r'<stop offset="0" stop-color="(#\w{6})"/><stop offset="1" stop-color="(#\w{6})"/>'
)
FLOOR = re.compile(r'<path d="M0 300h400v100H0z" fill="(#\w{6})"/>')


def on_both_grounds(drawing: str) -> tuple[str, str]:
    """The drawing as it is, and on its second ground."""
    wall, floor = WALL.search(drawing), FLOOR.search(drawing)
    if wall is None or floor is None:
        raise ValueError("A drawing has a wall and a floor like the others.")
    above, below, ground = GROUNDS[SECOND.get(wall[1], "mist")]
    other = drawing.replace(
        wall[0],
        f'<stop offset="0" stop-color="{above}"/><stop offset="1" stop-color="{below}"/>',
    ).replace(floor[0], f'<path d="M0 300h400v100H0z" fill="{ground}"/>')
    return drawing, other


def quiet(drawing: str) -> str:
    """Less grain than in the drawing: grain is what costs bytes."""
    return drawing.replace('filter="url(#n)" opacity=".5"', 'filter="url(#n)" opacity=".16"')


def render(drawings: dict[str, str]) -> dict[str, Image.Image]:
    """Every drawing at 800 px, photographed a sheet at a time."""
    names = sorted(drawings)
    found: dict[str, Image.Image] = {}
    per_sheet = COLUMNS * 4
    for start in range(0, len(names), per_sheet):
        part = names[start : start + per_sheet]
        sheet = _photograph([drawings[name] for name in part])
        for place, name in enumerate(part):
            row, column = divmod(place, COLUMNS)
            left, top = column * SIDE, row * SIDE
            found[name] = sheet.crop((left, top, left + SIDE, top + SIDE))
    return found


def _photograph(drawings: list[str]) -> Image.Image:
    rows = -(-len(drawings) // COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for place, drawing in enumerate(drawings):
            (home / f"{place}.svg").write_text(drawing, encoding="utf-8")
        cells = "".join(f'<img src="{place}.svg">' for place in range(len(drawings)))
        style = f"body{{margin:0;width:{COLUMNS * SIDE}px;font-size:0}}img{{width:{SIDE}px}}"
        page = home / "page.html"
        page.write_text(f"<!doctype html><style>{style}</style>{cells}", encoding="utf-8")
        shot = home / "shot.png"
        subprocess.run(
            [
                os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                f"--user-data-dir={home / 'profile'}",
                f"--window-size={COLUMNS * SIDE},{rows * SIDE}",
                f"--screenshot={shot}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        with Image.open(shot) as taken:
            return taken.convert("RGB")


def write(name: str, picture: Image.Image) -> None:
    for size in SIZES:
        small = picture.resize((size, size), Image.Resampling.LANCZOS)
        small.save(PICTURES / f"{name}-{size}.avif", **AVIF)
        small.save(PICTURES / f"{name}-{size}.jpg", **JPEG)
    shared(picture).save(PICTURES / f"{name}-og.jpg", **JPEG)


def shared(picture: Image.Image) -> Image.Image:
    """1200 x 630: the drawing in the middle, its ground drawn out to both sides."""
    middle = picture.resize((700, 700), Image.Resampling.LANCZOS).crop((0, 50, 700, 680))
    wide = middle.crop((0, 0, 8, 630)).resize((1200, 630))
    wide.paste(middle, (250, 0))
    return wide


def contact_sheet(pictures: dict[str, Image.Image], target: Path) -> None:
    side, columns = 160, 10
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * side, rows * side), "white")
    for place, name in enumerate(sorted(pictures)):
        row, column = divmod(place, columns)
        sheet.paste(pictures[name].resize((side, side)), (column * side, row * side))
    sheet.save(target)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sheet", type=Path)
    asked = words.parse_args()
    drawings: dict[str, str] = {}
    for file in sorted(DRAWINGS.glob("*.svg")):
        for number, drawing in enumerate(on_both_grounds(file.read_text(encoding="utf-8")), 1):
            drawings[f"{file.stem}-{number}"] = quiet(drawing)
    pictures = render(drawings)
    PICTURES.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        write(name, picture)
    if asked.sheet:
        contact_sheet(pictures, asked.sheet)


if __name__ == "__main__":
    main()
