"""A photograph as it comes in, made into the files that pages show.

Whatever comes in is hostile: it is believed only as far as a decoder reads it, within limits of
bytes and pixels. What goes out is new: upright, in sRGB, without a word of where it was taken.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps

from taawon.catalogue.errors import BadPicture, PictureTooLarge, TooManyPixels
from taawon.core.disk import writing

MOST_MEGABYTES = 25
MOST_MEGAPIXELS = 50
SIZES = (240, 400, 640)
OPEN_GRAPH = (1200, 630)
MOST_OPEN_GRAPH_BYTES = 300_000
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_BACKGROUND = (255, 255, 255)
_SRGB = ImageCms.createProfile("sRGB")
# Larger than every file that is made of it: what is beyond is thrown away before the slow steps.
_ENOUGH = 1280
# The tag of EXIF that says how the camera was held, and what turns the picture upright again.
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)
# A decoded picture may weigh 200 MB: this many at once in one process, the others wait.
_workbench = BoundedSemaphore(2)


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one picture by what follows its key, and the size of the upright original."""

    width: int
    height: int
    files: dict[str, bytes]


def suffixes() -> tuple[str, ...]:
    return (*(f"-{size}.{kind}" for size in SIZES for kind in ("avif", "jpg")), "-og.jpg")


def make(content: bytes | Readable) -> Made:
    """Squares of 240, 400 and 640 pixels in AVIF and JPEG, and a JPEG of 1200 × 630.

    Raises PictureTooLarge, TooManyPixels, BadPicture. Slow: never inside a transaction.
    """
    raw = _read(content)
    with _workbench:
        try:
            picture, width, height = _upright(raw)
        except BadPicture:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise TooManyPixels(field="picture", megapixels=MOST_MEGAPIXELS) from None
        except Exception:  # A hostile file may break a decoder in any way.
            raise BadPicture(field="picture") from None
        return Made(width=width, height=height, files=dict(_files(picture)))


def store(made: Made) -> str:
    """Write the files under a random key, and return it. Raises DiskFull, and leaves nothing."""
    key = f"products/{secrets.token_hex(12)}"
    try:
        with writing():
            for suffix, content in made.files.items():
                default_storage.save(key + suffix, ContentFile(content))
    except BaseException:
        forget(key)
        raise
    return key


def forget(key: str) -> None:
    """Delete the files of a picture that nothing shows."""
    for suffix in suffixes():
        default_storage.delete(key + suffix)


def _read(content: bytes | Readable) -> bytes:
    most = MOST_MEGABYTES * 1024 * 1024
    raw = content if isinstance(content, bytes) else content.read(most + 1)
    if len(raw) > most:
        raise PictureTooLarge(field="picture", megabytes=MOST_MEGABYTES)
    if not raw:
        raise BadPicture(field="picture")
    return raw


def _upright(raw: bytes) -> tuple[Image.Image, int, int]:
    """The picture, no larger than needed, and the upright original's width and height."""
    with Image.open(io.BytesIO(raw), formats=_FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_MEGAPIXELS * 1_000_000:
            raise TooManyPixels(field="picture", megapixels=MOST_MEGAPIXELS)
        # A JPEG is decoded at a half, a quarter or an eighth of its size: most of the time saved.
        opened.draft("RGB", (_ENOUGH, _ENOUGH))
        opened.load()
        orientation = opened.getexif().get(_ORIENTATION, 1)
        profile = opened.info.get("icc_profile")
        picture = _smaller(_true_colours(opened))
    picture = _flat(_in_srgb(picture, profile))
    if orientation in _TURNS:
        picture = picture.transpose(_TURNS[orientation])
    return (picture, height, width) if orientation in _LYING else (picture, width, height)


def _true_colours(image: Image.Image) -> Image.Image:
    """Palettes, greys of 16 bits and other modes as RGB, RGBA or CMYK; the first frame alone."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode in ("RGB", "RGBA", "CMYK"):
        return image.copy()
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _smaller(image: Image.Image) -> Image.Image:
    """So that both the square and the wide cut can still be taken from it sharply."""
    factor = max(OPEN_GRAPH[0] / image.width, max(SIZES) / min(image.size))
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        converted = ImageCms.profileToProfile(image, io.BytesIO(profile), _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        converted = None  # A broken profile: the colours are taken as they are.
    return converted or image


def _flat(image: Image.Image) -> Image.Image:
    """On white, and nothing but pixels: no profile, comment, EXIF or XMP is left to be written."""
    flat = Image.new("RGB", image.size, _BACKGROUND)
    if image.mode == "RGBA":
        flat.paste(image, mask=image.getchannel("A"))
    else:
        flat.paste(image.convert("RGB"))
    return flat


def _files(picture: Image.Image) -> Iterator[tuple[str, bytes]]:
    square = picture
    for size in sorted(SIZES, reverse=True):
        square = ImageOps.fit(square, (size, size), Image.Resampling.LANCZOS)
        yield f"-{size}.avif", _encoded(square, "AVIF", quality=50, speed=8)
        yield f"-{size}.jpg", _encoded(square, "JPEG", quality=78, optimize=True, progressive=True)
    wide = ImageOps.fit(picture, OPEN_GRAPH, Image.Resampling.LANCZOS)
    yield "-og.jpg", _light(wide)


def _light(image: Image.Image) -> bytes:
    """As good as it can be within what a message preview may weigh."""
    for quality in (80, 65, 50, 35):
        encoded = _encoded(image, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(encoded) <= MOST_OPEN_GRAPH_BYTES:
            break
    return encoded


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
