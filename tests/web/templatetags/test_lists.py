from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.template import Context
from django.test import RequestFactory

from taawon.web.market.listing import Taken
from taawon.web.templatetags.lists import chip_list, pagination


def page(number: int, of: int) -> Page[Any]:
    paginator: Paginator[Any] = Paginator(range(of * 10), 10)
    return paginator.get_page(number)


def pages(number: int, of: int, address: str = "/?q=miel") -> str:
    return pagination(Context({"request": RequestFactory().get(address)}), page(number, of))


def test_the_pages_of_a_list() -> None:
    shown = pages(5, 9)
    assert re.findall(r'<a href="([^"]+)">', shown) == [
        "?q=miel",
        "?q=miel&amp;page=4",
        "?q=miel&amp;page=6",
        "?q=miel&amp;page=9",
    ]
    assert re.findall(r"<li>.*?([\d…]+)</(?:a|span)></li>", shown) == [*"1…456…9"]
    assert '<a class="button" rel="next" href="?q=miel&amp;page=6">' in shown


def test_one_page_needs_no_pages_and_the_last_no_more() -> None:
    assert pages(1, 1) == ""
    assert "rel=" not in pages(3, 3)


def test_no_address_breaks_out() -> None:
    assert '"><b>' not in pages(1, 2, "/?q=%22%3E%3Cb%3E")
    chips = chip_list([Taken('"><b>', '?q="><b>')], '/"><b>')
    assert "<b>" not in chips
    assert chips.count("<li>") == 2
    assert chip_list([]) == ""
