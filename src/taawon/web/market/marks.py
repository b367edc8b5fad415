"""Words that answer a question, marked in a text."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from taawon.search.marking import Marker


def html(text: str, marker: Marker) -> SafeString:
    """The text as HTML, with what answers the question in <mark>."""
    pieces = (
        f"<mark>{escape(part)}</mark>" if hit else escape(part) for part, hit in marker.parts(text)
    )
    return SafeString("".join(pieces))
