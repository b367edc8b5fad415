"""Words that answer a question, marked in a text."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from taawon.search.marking import Marker


def html(text: str, marker: Marker) -> SafeString:
    """The text as HTML, with what answers the question in <mark>."""
    pieces = ((_piece(part, hit),) for part, hit in marker.parts(text))
    return format_html_join("", "{}", pieces)


def _piece(text: str, is_hit: bool) -> str:
    return format_html("<mark>{}</mark>", text) if is_hit else text
