"""The map by keyboard alone, and the nearest with a phone that says where it is."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

AGADIR = {"latitude": 30.4278, "longitude": -9.5981}


def test_the_map_by_keyboard(desk_page: Page) -> None:
    desk_page.goto("/fr/cooperatives/map/?women=yes")
    first = desk_page.locator("svg.map a").first
    first.focus()
    name = first.get_attribute("aria-label") or ""
    drawn = first.locator("path")
    resting = desk_page.locator("svg.map a").nth(1).locator("path")
    width = "part => getComputedStyle(part).strokeWidth"
    desk_page.keyboard.press("Tab")
    desk_page.keyboard.press("Shift+Tab")
    # Whoever comes by keyboard sees where they are, by more than a colour.
    assert (drawn.evaluate(width), resting.evaluate(width)) == ("8px", "2px")

    desk_page.keyboard.press("Enter")
    desk_page.wait_for_url("**/fr/cooperatives/?region=MA-*&women=yes")

    count = "".join(sign for sign in name.rpartition(":")[2] if sign.isdigit())
    lead = desk_page.locator("p.lead").inner_text().partition("·")[0]
    assert "".join(sign for sign in lead if sign.isdigit()) == count


def test_shades_differ_without_colour(desk_page: Page) -> None:
    desk_page.goto("/fr/cooperatives/map/")
    fills = desk_page.locator(".legend .map path").evaluate_all(
        "parts => parts.map(part => getComputedStyle(part).fill.match(/\\d+/g).map(Number))"
    )
    lights = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in fills]
    assert len(lights) == 5
    assert all(lighter - darker > 20 for lighter, darker in zip(lights, lights[1:], strict=False))


def test_near_me(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(PHONE, base_url=site, geolocation=AGADIR, permissions=["geolocation"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/ar/cooperatives/near/?women=yes")
    page.locator("[data-near] button").click()
    page.wait_for_url("**/ar/cooperatives/?near=*")

    told = [url for url in asked if "at=" in url]
    # Rounded, once, and in no address that stays: the nearest middle is that of Inezgane.
    assert told == [f"{site}/ar/cooperatives/near/?women=yes&at=30.4%2C-9.6"]
    assert "30.4" not in page.url
    assert page.url.endswith("?near=MA-INE&women=yes")
    assert "30.4" not in page.content()


def test_near_me_when_the_phone_says_no(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(PHONE, base_url=site)
    page.goto("/fr/cooperatives/near/")
    error = page.locator("[data-near-error]")
    expect(error).to_be_hidden()
    page.locator("[data-near] button").click()
    expect(error).to_be_visible()
    assert page.url.endswith("/fr/cooperatives/near/")


def test_near_a_commune_without_javascript(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(PHONE, base_url=site, java_script_enabled=False)
    page.goto("/fr/cooperatives/")
    page.locator("a[href*='/cooperatives/near/']").click()
    expect(page.locator("[data-near]")).to_be_hidden()
    page.select_option("#near-province", "MA-TIZ")
    page.locator("form:has(#near-province) button").click()
    page.select_option("#near-commune", label="Tafraout")
    page.locator("form:has(#near-commune) button").click()
    assert "near=" in page.url
    places = page.locator(".coop small").all_inner_texts()
    assert len(places) == 24
    assert "Tafraout, Tiznit" in places[0]
