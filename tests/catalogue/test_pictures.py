from __future__ import annotations

import io

import pytest
from PIL import Image

from taawon.catalogue import pictures
from taawon.catalogue.errors import BadPicture, PictureTooLarge, TooManyPixels
from tests.catalogue.photographs import (
    BLUE,
    EXECUTABLE,
    GREEN,
    RED,
    SECRET,
    SVG,
    bomb,
    decoded,
    encoded,
    from_a_phone,
    looks_like,
    quarters,
)


def test_the_files_of_a_picture() -> None:
    made = pictures.make(from_a_phone())

    shapes = {suffix: decoded(content) for suffix, content in made.files.items()}
    assert set(shapes) == set(pictures.suffixes())
    assert {suffix: (image.format, image.size) for suffix, image in shapes.items()} == {
        "-240.avif": ("AVIF", (240, 240)),
        "-240.jpg": ("JPEG", (240, 240)),
        "-400.avif": ("AVIF", (400, 400)),
        "-400.jpg": ("JPEG", (400, 400)),
        "-640.avif": ("AVIF", (640, 640)),
        "-640.jpg": ("JPEG", (640, 640)),
        "-og.jpg": ("JPEG", (1200, 630)),
    }
    assert (made.width, made.height) == (800, 600)


def test_nothing_is_left_of_where_it_was_taken() -> None:
    raw = from_a_phone()
    assert SECRET in raw
    for content in pictures.make(raw).files.values():
        image = decoded(content)
        assert SECRET not in content
        assert dict(image.getexif()) == {}
        assert not {"exif", "comment", "xmp", "icc_profile"} & set(image.info)


# Where red and green are, seen upright, for each way in which a camera was held.
CORNERS = {
    1: (RED, GREEN, BLUE, BLUE),
    2: (GREEN, RED, BLUE, BLUE),
    3: (BLUE, BLUE, GREEN, RED),
    4: (BLUE, BLUE, RED, GREEN),
    5: (RED, BLUE, GREEN, BLUE),
    6: (BLUE, RED, BLUE, GREEN),
    7: (BLUE, GREEN, BLUE, RED),
    8: (GREEN, BLUE, RED, BLUE),
}


@pytest.mark.parametrize("orientation", CORNERS)
def test_pictures_are_turned_upright(orientation: int) -> None:
    made = pictures.make(from_a_phone(orientation))

    assert (made.width, made.height) == ((800, 600) if orientation < 5 else (600, 800))
    square = decoded(made.files["-240.jpg"])
    corners = [square.getpixel(at) for at in ((40, 40), (200, 40), (40, 200), (200, 200))]
    for colour, wanted in zip(corners, CORNERS[orientation], strict=True):
        assert looks_like(colour, wanted)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("size", [(800, 600), (30, 900), (1, 1)])
def test_every_kind_and_shape(kind: str, size: tuple[int, int]) -> None:
    made = pictures.make(io.BytesIO(encoded(quarters(*size), kind)))
    assert (made.width, made.height) == size
    assert decoded(made.files["-640.avif"]).size == (640, 640)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png(mode: str) -> None:
    source = quarters(mode="L").convert("I;16") if mode == "I;16" else quarters(mode=mode)
    made = pictures.make(encoded(source, "PNG"))
    assert decoded(made.files["-240.jpg"]).mode == "RGB"


def test_a_cmyk_photograph() -> None:
    made = pictures.make(encoded(quarters(mode="CMYK")))
    assert looks_like(decoded(made.files["-240.jpg"]).getpixel((40, 40)), RED)


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    made = pictures.make(encoded(clear, "PNG"))
    assert looks_like(decoded(made.files["-240.jpg"]).getpixel((50, 50)), (255, 255, 255))


def test_a_broken_colour_profile_does_not_lose_the_picture() -> None:
    made = pictures.make(encoded(quarters(), icc_profile=b"not a profile" * 20))
    assert looks_like(decoded(made.files["-240.jpg"]).getpixel((40, 40)), RED)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        EXECUTABLE,
        SVG,
        b"\xff\xd8\xff\xe0" + EXECUTABLE,
        b"\x89PNG\r\n\x1a\n" + SVG,
        encoded(quarters())[:3_000],
        encoded(quarters(), "GIF"),
        encoded(quarters(), "BMP"),
        b"%PDF-1.7",
    ],
    ids=["empty", "exe", "svg", "exe as jpeg", "svg as png", "cut", "gif", "bmp", "pdf"],
)
def test_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(BadPicture) as refusal:
        pictures.make(content)
    assert (refusal.value.code, refusal.value.field) == ("bad-picture", "picture")


def test_thirty_megabytes_are_too_many() -> None:
    content = encoded(quarters()) + bytes(30 * 1024 * 1024)
    for sent in (content, io.BytesIO(content)):
        with pytest.raises(PictureTooLarge) as refusal:
            pictures.make(sent)
        assert refusal.value.facts["megabytes"] == 25


@pytest.mark.parametrize(
    "size", [(10_000, 5_001), (10_000, 9_500), (30_000, 30_000), (65_000, 65_000)]
)
def test_a_decompression_bomb_is_not_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bomb(*size)
    assert len(content) < 200_000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _: pytest.fail("decoded"))
    with pytest.raises(TooManyPixels):
        pictures.make(content)


def test_a_preview_stays_light() -> None:
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    assert len(pictures.make(encoded(noise)).files["-og.jpg"]) < 300_000


def test_files_have_random_names() -> None:
    made = pictures.make(encoded(quarters()))
    one, two = pictures.store(made), pictures.store(made)
    assert one != two
    assert one.startswith("products/")
    assert len(one) == len("products/") + 24
