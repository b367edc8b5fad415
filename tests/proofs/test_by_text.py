"""A shop run by text for real: a browser, a server, an operator and the phones behind it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE
from tests.browser.people import BUY, TEAM, log_in
from tests.gateways.centre import open_centre
from tests.gateways.kannel import FakeCentre, Kannel, free_port
from tests.proofs.house import House, open_house

SELLER, CUSTOMER = "+212600010001", "+212661234567"
PATIENCE = 30.0
DELIVERED = 3


class Phones(Protocol):
    def type(self, message: tuple[str, str]) -> None: ...

    def texts_to(self, phone: str) -> list[str]: ...


def order(page: Page, product: int) -> None:
    """As a guest with nothing but a phone."""
    page.goto(f"/fr/products/x-{product}/")
    with page.expect_response(lambda answer: "/basket/add/" in answer.url):
        page.locator(BUY).first.click()
    page.goto("/fr/checkout/")
    for name, words in {
        "name": "Amina Alaoui",
        "phone": "06 61 23 45 67",
        "town": "Casablanca",
    }.items():
        page.fill(f"[name={name}]", words)
    page.select_option("[name=region]", "MA-06")
    page.fill("[name=address]", "12 rue du Port")
    page.click("button[value=check]")
    page.click("button[value=place]")
    page.wait_for_url("**/checkout/done/**")


def until(found: Callable[[], str | None], what: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while (text := found()) is None:
        assert time.monotonic() < deadline, what
        time.sleep(0.1)
    return text


def text_to(phones: Phones, phone: str, shape: str) -> Callable[[], str | None]:
    return lambda: next((text for text in phones.texts_to(phone) if re.search(shape, text)), None)


def sold_by_text(house: House, phones: Phones, browser: Browser) -> None:
    """From a browser to a text, from a text to an order, and what the national team sees of it."""
    product = house.look(SELLER, script="look_at_texts.py")["products"][0]
    address, (width, height) = f"http://127.0.0.1:{house.port}", PHONE
    with browser.new_page(base_url=address, viewport={"width": width, "height": height}) as page:
        order(page, product)
        told = until(
            text_to(phones, SELLER, r"OUI \d+"),
            "the cooperative hears of its order",
        )
        number = re.findall(r"OUI (\d+)", told)[0]
        phones.type((SELLER, f"OUI {number}"))
        until(text_to(phones, SELLER, rf"^Cmd {number} acceptee"), "it hears that it is accepted")
        until(text_to(phones, CUSTOMER, "acceptée"), "the customer hears of it")
        until(lambda: "" if reported(house) else None, "the reports come")
        log_in(page, TEAM)
        page.goto("/backoffice/conversations/")
        page.fill("input[type=tel]", SELLER)
        page.locator("form[action$='/find/'] button").click()
        assert page.locator(".thread__reply .pill").all_inner_texts() == ["arrivé", "arrivé"]


def reported(house: House) -> bool:
    messages = house.look(SELLER, script="look_at_texts.py")["messages"]
    theirs = [message for message in messages if message[0] in (SELLER, CUSTOMER)]
    # Told to the seller and the buyer, the reply, the acceptance.
    return len(theirs) == 4 and all(
        message[1:4] == ["sent", DELIVERED, "iam"] for message in theirs
    )


def lines(table: str) -> dict[str, str]:
    """The phones of this proof are reached by the operator, all others by the console."""
    prefixes = f'prefixes = ["{SELLER}", "{CUSTOMER}"]\n'
    return {"TAAWON_SMS_GATEWAYS": f'[iam]\n{table}{prefixes}[console]\nkind = "console"\n'}


@pytest.mark.timeout(300)
def test_through_kannel(tmp_path: Path, browser: Browser) -> None:
    with open_house(tmp_path, start=False) as house:
        house.port = free_port()
        kannel = Kannel(folder=tmp_path / "kannel", ours=f"http://127.0.0.1:{house.port}")
        house.extra = lines(kannel.table)
        house.start()
        phones = FakeCentre(kannel.fake_port, kannel.folder)
        try:
            kannel.start()
            phones.type(("+212600000000", "salam"))
            sold_by_text(house, phones, browser)
        finally:
            phones.stop()
            kannel.stop()


@pytest.mark.timeout(300)
def test_through_an_smpp_centre(tmp_path: Path, browser: Browser) -> None:
    with open_house(tmp_path, start=False) as house, open_centre() as centre:
        house.extra = lines(
            f'kind = "smpp"\nhost = "127.0.0.1"\nport = {centre.port}\n'
            'system_id = "coop"\npassword = "secret12"\nfrom = "2255"\n'
        )
        house.start()
        house.also("smpp")
        sold_by_text(house, centre, browser)
