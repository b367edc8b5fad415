"""Codes to print that lead to an address."""

from __future__ import annotations

import io

import segno

_SVG = 'xmlns="http://www.w3.org/2000/svg"'
# Of each module: a short address is about a thousand across.
PIXELS = 24


def svg(address: str) -> str:
    """A drawing as a file of its own."""
    drawing = _made(address).svg_inline(scale=4, border=2)
    return str(drawing).replace("<svg ", f"<svg {_SVG} ", 1)


def png(address: str) -> bytes:
    """A picture, large enough for a poster, with the white border that readers need."""
    out = io.BytesIO()
    _made(address).save(out, kind="png", scale=PIXELS, border=4)
    return out.getvalue()


def _made(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)
