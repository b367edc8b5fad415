"""The observatory in a browser: sound in two sizes, used by keyboard, framed by another site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.measure import sideways, violations
from tests.gateways.provider import open_provider

PAGES = (
    "",
    "data/",
    "cooperatives/",
    "womens-cooperatives/",
    "sectors-by-region/",
    "registrations/",
    "official-2019/",
    "official-womens-2019/",
    "womens-cooperatives/embed/",
)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_its_pages_are_sound(open_page: Callable[..., Page], site: str, language: str) -> None:
    page = open_page(PHONE, base_url=site)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for address in PAGES:
        answer = page.goto(f"/{language}/observatory/{address}", wait_until="networkidle")
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        for width, height in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": height})
            assert (address, width, sideways(page)) == (address, width, [])
            assert (address, width, violations(page)) == (address, width, [])
    assert faults == []


def test_the_map_is_used_by_keyboard(desk_page: Page) -> None:
    desk_page.goto("/fr/observatory/cooperatives/")
    regions = desk_page.locator(".atlas a")
    assert regions.count() == 12
    names = regions.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    first = regions.first
    first.focus()
    assert desk_page.evaluate("document.activeElement.getAttribute('aria-label')") == names[0]
    desk_page.keyboard.press("Tab")
    assert desk_page.evaluate("document.activeElement.getAttribute('aria-label')") == names[1]
    desk_page.keyboard.press("Enter")
    desk_page.wait_for_url("**/fr/cooperatives/?region=MA-02")


def test_without_javascript_a_file_is_chosen(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(DESK, base_url=site, java_script_enabled=False)
    page.goto("/fr/observatory/data/")
    page.select_option("#region", "MA-09")
    page.select_option("#women", "yes")
    with page.expect_download() as waiting:
        page.click('button[value="csv"]')
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert waiting.value.suggested_filename.startswith("taawon-register-MA-09-womens-")
    assert text.startswith("id;url;name_fr;name_ar;")


@pytest.fixture
def other_site(site: str) -> Iterator[str]:
    """A newspaper that frames the embed page of a series, and its page."""
    frames = "".join(
        f'<iframe name="{name}" src="{site}/fr/observatory/official-2019/{rest}"></iframe>'
        for name, rest in (("frame", "embed/"), ("page", ""))
    )

    page = f"<!doctype html><title>x</title>{frames}"
    with open_provider(body=page.encode()) as newspaper:
        yield newspaper.address


def test_another_site_shows_a_frame_and_no_page(
    open_page: Callable[..., Page], other_site: str
) -> None:
    page = open_page(DESK)
    page.goto(other_site, wait_until="networkidle")
    assert page.frame_locator('iframe[name="frame"]').locator(".atlas a").count() == 12
    assert page.frame_locator('iframe[name="page"]').locator(".atlas a").count() == 0


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_wide_table_is_printed_whole_on_a_page_that_lies(
    open_page: Callable[..., Page], site: str, language: str
) -> None:
    # A4 lying, without its margins, at 96 dots an inch.
    page = open_page((1046, 718), base_url=site)
    page.emulate_media(media="print")
    page.goto(f"/{language}/observatory/sectors-by-region/", wait_until="networkidle")
    box = page.locator(".matrix-box")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert any(float(width) > float(height) for width, height in sizes)


def test_a_table_that_goes_on_says_so_and_moves_by_keyboard(phone_page: Page) -> None:
    phone_page.goto("/ar/observatory/womens-cooperatives/", wait_until="networkidle")
    assert phone_page.locator(".scroll-hint").is_visible()
    box = phone_page.locator(".table-box")
    box.focus()
    phone_page.keyboard.press("ArrowLeft")
    phone_page.wait_for_function("document.querySelector('.table-box').scrollLeft < 0")


def test_the_code_of_a_frame_is_copied(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(DESK, base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/fr/observatory/cooperatives/")
    button = page.locator("[data-copy]")
    before = button.inner_text()
    button.click()
    page.wait_for_function(
        "before => document.querySelector('[data-copy]').innerText !== before", arg=before
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#snippet").input_value()
    assert copied.startswith("<iframe src=")


def test_without_javascript_nothing_offers_to_copy(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_page(DESK, base_url=site, java_script_enabled=False)
    page.goto("/fr/observatory/cooperatives/")
    assert page.locator("#snippet").is_visible()
    assert not page.locator("[data-copy]").is_visible()
