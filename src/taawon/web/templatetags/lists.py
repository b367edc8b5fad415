"""The pages of a list and what was chosen of it, written out: ``{% load lists %}``.

Every list has both, and a template takes ten times as long for them. The components ui.chips and
ui.pagination are these, for pages that are not asked for so often.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from taawon.web.templatetags.taawon import icon, page_numbers, pages_query

register = template.Library()


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], key: str = "page") -> SafeString:
    """The first, the last and those around this one; nothing where there is one page alone."""
    if page.paginator.num_pages < 2:
        return SafeString()
    said = f'<span class="hidden-text">{escape(_("Page"))}</span> '

    def address(number: int) -> str:
        return escape(pages_query(context, number, key))

    def place(number: int) -> str:
        if not number:
            return '<span aria-hidden="true">…</span>'
        if number == page.number:
            return f'<span aria-current="page">{said}{number}</span>'
        return f'<a href="{address(number)}">{said}{number}</a>'

    more = ""
    if page.has_next():
        words = escape(_("See more"))
        more = f'<a class="button" rel="next" href="{address(page.number + 1)}">{words}</a>'
    numbers = page_numbers(page.paginator, page.number)
    places = "".join(f"<li>{place(number)}</li>" for number in numbers)
    return SafeString(
        f'<nav class="pages" aria-label="{escape(_("Pages"))}">\n{more}\n'
        f'<ol role="list">{places}</ol>\n</nav>'
    )


@register.simple_tag
def chip_list(chips: Iterable[Any], clear: str = "") -> SafeString:
    """What was chosen: .label, and .url to take it off; ``clear`` takes all of it off."""
    remove = f'<span class="hidden-text">{escape(_("Remove:"))}</span>'
    cross = icon("x")
    lines = [
        f'<li><a class="chip" href="{escape(chip.url)}">'
        f"{remove} {escape(chip.label)}{cross}</a></li>"
        for chip in chips
    ]
    if not lines:
        return SafeString()
    if clear:
        all_of_it = escape(_("Remove all filters"))
        lines.append(
            f'<li><a class="button button--quiet" href="{escape(clear)}">{all_of_it}</a></li>'
        )
    label, items = escape(_("Chosen filters")), "\n".join(lines)
    return SafeString(f'<ul class="chips" role="list" aria-label="{label}">\n{items}\n</ul>')
