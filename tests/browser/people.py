"""Who walks through the pages: somebody of the demonstration, logged in once."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import Page

PATIENCE = 60.0
# Of the product itself; the cards of others have a smaller one.
BUY = "form[action$='basket/add/'] button.button--primary"
CUSTOMER, SELLER, TEAM = "0600001001", "0600010001", "0600000001"


def log_in(page: Page, phone: str) -> Any:
    """Cookies of a person, by the code that the demonstration shows on its page."""
    page.goto("/fr/login/")
    page.fill("input[type=tel]", phone)
    page.click("main form button.button--primary")
    page.fill("input[name=code]", _code(page, phone))
    page.click("main form button.button--primary")
    page.wait_for_url(lambda address: "login" not in address)
    return page.context.storage_state()


def put_into_the_basket(page: Page, product: str) -> None:
    """`product` is an address. The page asks in the background: wait for the answer."""
    page.goto(product)
    with page.expect_response(lambda answer: "/basket/add/" in answer.url):
        page.locator(BUY).first.click()


def linked(page: Page, wanted: str) -> str:
    """The first link of this shape on the page that is open; a star stands for a code or number."""
    return all_linked(page, wanted)[0]


def all_linked(page: Page, wanted: str) -> list[str]:
    shape = re.compile(re.escape(wanted).replace(r"\*", "[^/]*[0-9A-Z][^/]*") + "$")
    links: list[str] = page.eval_on_selector_all(
        "main a[href]", "links => links.map(link => link.getAttribute('href'))"
    )
    return [link for link in links if shape.match(link.split("?")[0])]


def _code(page: Page, phone: str) -> str:
    """The worker carries it within moments."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        said = page.request.get(f"/demo/?phone={phone}").text()
        if found := re.search(r"<p dir=.auto.>[^<]*?\b(\d{6})\b", said):
            return found[1]
        time.sleep(0.2)
    raise AssertionError("no code came")
