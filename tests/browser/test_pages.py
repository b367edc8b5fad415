"""Public pages in four languages and two sizes: accessible, light, never wider than the screen."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.measure import sideways, violations, weigh

LANGUAGES = ("fr", "ar", "zgh", "en")
PAGES = (
    "home",
    "catalogue",
    "product",
    "cooperative",
    "without_shop",
    "directory",
    "filtered",
    "map",
    "near",
    "basket",
    "login",
)
KB = 1024
# HTML, CSS, JavaScript, their sum, and the pictures in the first view of a phone.
BUDGETS = {
    "home": (10, 12, 20, 42, 60),
    "catalogue": (12, 12, 20, 44, 50),
    "product": (8, 12, 20, 40, 35),
    "cooperative": (10, 12, 20, 42, 50),
    "directory": (12, 12, 20, 44, 50),
    "map": (12, 12, 20, 44, 10),
    "near": (8, 12, 20, 40, 10),
}
FONTS = {"fr": 24, "ar": 40}


@pytest.fixture(scope="session")
def paths(site: str) -> dict[str, str]:
    """Where each page is, below the language; the product and its cooperative are real ones."""
    product = _first_link(f"{site}/fr/products/", "products")
    return {
        "home": "",
        "catalogue": "products/",
        "product": product,
        "cooperative": _first_link(f"{site}/fr/{product}", "cooperatives"),
        "without_shop": _first_link(f"{site}/fr/cooperatives/?status=dissolved", "cooperatives"),
        "directory": "cooperatives/",
        "filtered": "cooperatives/?region=MA-09&province=MA-TIZ&sector=food&near=MA-TIZ",
        "map": "cooperatives/map/?women=yes",
        "near": "cooperatives/near/?province=MA-TIZ",
        "basket": "basket/",
        "login": "login/",
    }


def _first_link(address: str, kind: str) -> str:
    with urllib.request.urlopen(address) as answer:
        found = re.search(rf'href="/fr/({kind}/[^"/?]+-\d+/)"', answer.read().decode())
    assert found is not None, f"no {kind} on {address}"
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(
    open_page: Callable[..., Page],
    site: str,
    server_log: Path,
    paths: dict[str, str],
    name: str,
    language: str,
) -> None:
    page = open_page(PHONE, base_url=site)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)

    answer = page.goto(f"/{language}/{paths[name]}", wait_until="networkidle")

    assert answer is not None
    assert answer.status == 200, server_log.read_text()[-3000:]
    assert page.get_attribute("html", "lang") == language
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert (width, sideways(page)) == (width, [])
        assert (width, violations(page)) == (width, [])
    assert faults == []


@pytest.mark.parametrize("language", FONTS)
@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_is_light(phone_page: Page, paths: dict[str, str], name: str, language: str) -> None:
    html, css, js, total, pictures = BUDGETS[name]

    weight = weigh(phone_page, f"/{language}/{paths[name]}")

    assert weight.failed == []
    over = {
        kind: round(size / KB, 1)
        for kind, size, most in (
            ("html", weight.html, html),
            ("css", weight.css, css),
            ("js", weight.js, js),
            ("html + css + js", weight.html + weight.css + weight.js, total),
            ("pictures", weight.pictures, pictures),
            ("fonts", weight.fonts, FONTS[language]),
        )
        if size > most * KB
    }
    assert over == {}


def test_the_page_stays_when_the_language_changes(phone_page: Page, paths: dict[str, str]) -> None:
    phone_page.goto(f"/fr/{paths['product']}")
    other = phone_page.locator("a[hreflang=ar]").first.get_attribute("href")
    assert other is not None
    number = paths["product"].rpartition("-")[2]
    assert re.search(rf"/ar/products/[^/]+-{number}$", other)
