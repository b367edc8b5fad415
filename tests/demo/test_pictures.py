"""Every drawing that a category names exists, on two grounds, light enough for a weak signal."""

from __future__ import annotations

from importlib import resources

from PIL import Image

from taawon.catalogue.pictures import suffixes
from taawon.demo import texts

DEMO = resources.files("taawon.demo")


def test_each_category_has_its_pictures() -> None:
    there = {file.name for file in DEMO.joinpath("pictures").iterdir()}
    wanted = {
        f"{row.drawing}-{ground}{suffix}"
        for row in texts.categories()
        for ground in (1, 2)
        for suffix in suffixes()
    }
    assert wanted == there


def test_pictures_are_light() -> None:
    files = list(DEMO.joinpath("pictures").iterdir())
    bytes_of = {file.name: len(file.read_bytes()) for file in files}
    assert [name for name, size in bytes_of.items() if "-240.avif" in name and size > 6_000] == []
    assert [name for name, size in bytes_of.items() if "-og.jpg" in name and size > 60_000] == []
    assert sum(bytes_of.values()) < 6_000_000


def test_pictures_are_as_large_as_their_names_say() -> None:
    for suffix, size in (("-240.avif", 240), ("-640.jpg", 640), ("-og.jpg", 1200)):
        with DEMO.joinpath("pictures", f"miel-1{suffix}").open("rb") as file:
            assert Image.open(file).width == size
