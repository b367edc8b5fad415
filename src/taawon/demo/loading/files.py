"""The demonstration's files, put where those of a shop would lie."""

from __future__ import annotations

import io
from importlib import resources

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from PIL import Image, ImageDraw

FOLDER = "demo"
PAPER = "claims/demonstration.png"


def key(picture: str) -> str:
    """ "miel-1" → "demo/miel-1", what pictures of a product are named by."""
    return f"{FOLDER}/{picture}"


def put_pictures() -> None:
    """Copy what is not there yet. Files outlive a transaction: doing it twice is harmless."""
    there: set[str] = set()
    if default_storage.exists(FOLDER):
        there.update(default_storage.listdir(FOLDER)[1])
    for file in resources.files("taawon.demo").joinpath("pictures").iterdir():
        if file.name not in there:
            default_storage.save(f"{FOLDER}/{file.name}", ContentFile(file.read_bytes()))


def put_paper() -> tuple[str, int]:
    """A paper for claims that says what it is; its name in the private storage and its bytes."""
    page = Image.new("L", (600, 800), 250)
    pen = ImageDraw.Draw(page)
    pen.rectangle((30, 30, 570, 770), outline=120, width=3)
    pen.text((80, 120), "SPECIMEN - DEMONSTRATION", fill=40, font_size=30)
    for top in range(220, 640, 40):
        pen.line((80, top, 520 - top % 90, top), fill=180, width=8)
    sheet = io.BytesIO()
    page.save(sheet, "PNG")
    storage = storages["private"]
    storage.delete(PAPER)
    return storage.save(PAPER, ContentFile(sheet.getvalue())), len(sheet.getvalue())
