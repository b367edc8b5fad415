"""A campaign at the desk, from its first word to its report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.people import TEAM
from tests.browser.test_rooms import faults


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_written_tried_sent_and_followed(
    open_page: Callable[..., Page], site: str, logged_in: Any, language: str
) -> None:
    page = open_page(DESK, base_url=site, storage_state=logged_in(TEAM))
    page.goto("/backoffice/")
    page.select_option("#own-language", language)
    page.wait_for_selector(f"html[lang={language}]")
    page.goto("/backoffice/campaigns/new/")
    page.fill("[name=title]", "Foire de Marrakech")
    page.fill("[name=text_fr]", "Bonjour {name}, la foire est le 3 mars.")
    page.fill("[name=text_ar]", "المعرض يوم 3 مارس.")
    page.click("main form.form button.button--primary")
    expect(page.locator("aside .thread__reply")).to_have_count(2)
    assert faults(page) == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.click("form[action$='/try/'] button")
    page.click("details.confirm summary.button--primary")
    page.click("details.confirm[open] button.button--primary")
    expect(page.locator("#report dl.details")).not_to_be_empty(timeout=30_000)
    assert faults(page) == []
    page.click("form[action$='/pause/'] button")
    page.click("details.confirm summary")
    page.click("details.confirm[open] button")
    expect(page.locator("form[action$='/resume/']")).to_have_count(0)
    assert faults(page) == []
