"""An agent brings in a dirty register: the bar is seen, and everything is taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.measure import sideways, violations
from tests.browser.people import TEAM
from tests.cooperatives.dirty import Register, as_csv, table

ROWS = 5_000
PATIENCE = 60_000
BAR = "#progress progress"
# The button that a question is asked before, by the address that it sends to.
ASKED = "details.confirm:has(form[action$='{}'])"


@pytest.mark.parametrize(("size", "language"), [(PHONE, "fr"), (DESK, "ar")])
def test_in_and_out_again(
    open_page: Callable[..., Page],
    site: str,
    logged_in: Any,
    tmp_path: Path,
    size: tuple[int, int],
    language: str,
) -> None:
    register = Register(ROWS)
    path = tmp_path / "registre.csv"
    path.write_bytes(as_csv(table(register.rows), "utf-16").getvalue())
    page = open_page(size, base_url=site, storage_state=logged_in(TEAM))
    page.goto("/backoffice/")
    page.select_option("#own-language", language)
    page.wait_for_selector(f"html[lang={language}]")

    page.goto("/backoffice/registers/")
    look(page)
    page.set_input_files("input[type=file]", path)
    page.fill("input[name=source]", "Registre central")
    page.click("form[data-upload] button.button--primary")
    expect(page.locator("select[name^=column-]")).to_have_count(22)
    look(page)

    page.click("form[action$='match/'] button.button--primary")
    seen = [until(page, ".stats")]
    refused = register.counts["refused"]
    # None of them is on this register yet.
    assert figures(page)[1:] == [0, 0, refused]
    assert figures(page)[0] == ROWS - refused
    look(page)
    page.click("nav.segments a[href$='show=refused']")
    look(page)

    press(page, "apply/")
    seen.append(until(page, ASKED.format("revert/")))
    look(page)
    press(page, "revert/")
    seen.append(until(page, "#report b"))
    removed = page.locator("#report b").all_inner_texts()
    assert [whole(text) for text in removed] == [0, ROWS - refused, 0, 0]
    look(page)
    # It was there, and it only moves forward.
    assert any(seen)
    assert seen == [sorted(values) for values in seen]


def press(page: Page, action: str) -> None:
    page.click(f"{ASKED.format(action)} summary")
    page.click(f"form[action$='{action}'] button")


def until(page: Page, selector: str) -> list[int]:
    """How far the bar was, each time that it was looked at, before this is there."""
    bar, there = page.locator(BAR), page.locator(selector).first
    seen = []
    for _ in range(PATIENCE // 100):
        if there.is_visible():
            return seen
        if bar.is_visible():
            # Between two looks the page may have become another one.
            with suppress(Error):
                values = bar.evaluate_all("bars => bars.map(bar => bar.value)")
                seen += [int(value) for value in values]
        page.wait_for_timeout(100)
    raise AssertionError(seen)


def figures(page: Page) -> list[int]:
    """New, changed, doubtful, refused."""
    texts = page.locator(".stats dd").all_inner_texts()
    return [whole(text.split("\n")[0]) for text in texts]


def whole(text: str) -> int:
    return int("".join(sign for sign in text if sign.isdigit()))


def look(page: Page) -> None:
    assert (sideways(page), violations(page)) == ([], [])
