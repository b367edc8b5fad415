"""Who walks through the pages: somebody of the demonstration, logged in once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import PATIENCE, PHONE

CUSTOMER, SELLER, TEAM = "0600001001", "0600010001", "0600000001"


def log_in(open_page: Callable[..., Page], site: str, phone: str) -> Any:
    """Cookies of a person, by the code that the demonstration shows on its page."""
    page = open_page(PHONE, base_url=site)
    page.goto("/fr/login/")
    page.fill("input[type=tel]", phone)
    page.click("main form button.button--primary")
    page.fill("input[name=code]", _code(page, phone))
    page.click("main form button.button--primary")
    page.wait_for_url(lambda address: "login" not in address)
    return page.context.storage_state()


def fill_the_basket(page: Page, product: str) -> None:
    page.goto(f"/fr/{product}")
    page.click("form[action$='basket/add/'] button")
    page.wait_for_load_state("networkidle")


def _code(page: Page, phone: str) -> str:
    """The worker carries it within moments."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        said = page.request.get(f"/demo/?phone={phone}").text()
        if found := re.search(r"<p dir=.auto.>[^<]*?\b(\d{6})\b", said):
            return found[1]
        time.sleep(0.2)
    raise AssertionError("no code came")
