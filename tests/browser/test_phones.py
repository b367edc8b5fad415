"""Two phones beside each other: an order arrives on the one, the answer to it on the other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.measure import sideways, violations
from tests.browser.people import linked, put_into_the_basket

PHONES = "/demo/phones/?language="
# A text is carried by the worker, and the page asks every two seconds.
SOON = 30_000


def order_as_the_customer(page: Page) -> None:
    """What the page links to is bought in another tab, with the number that it says."""
    page.goto(f"{PHONES}fr")
    product = linked(page, "/fr/products/*/")
    shop = page.context.new_page()
    put_into_the_basket(shop, product)
    shop.goto("/fr/checkout/")
    for name, text in {"name": "Meryem", "phone": "06 00 00 10 01", "town": "Rabat"}.items():
        shop.fill(f"[name={name}]", text)
    shop.select_option("[name=region]", "MA-04")
    for step in ("check", "place"):
        shop.click(f"button[value={step}]")
        shop.wait_for_load_state("load")
    assert "/checkout/done/" in shop.url
    shop.close()


def test_from_an_order_to_the_news_of_it(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(DESK, base_url=site)
    order_as_the_customer(page)
    seller, customer = page.locator("#screen-cooperative"), page.locator("#screen-customer")
    new = seller.locator(".screen__text--new")
    expect(new).to_have_count(1, timeout=SOON)
    found = re.search(r"\b(?:Cmd|commande) (\d+)", new.inner_text())
    assert found is not None, new.inner_text()
    answer = f"OUI {found[1]}"
    told = customer.locator(".screen__text--in").count()

    page.locator("#tries-cooperative a", has_text=answer).click()
    field = page.locator("#write-cooperative")
    expect(field).to_have_value(answer)
    expect(field).to_be_focused()
    field.press("Enter")

    expect(seller.locator(".screen__text--out p").last).to_have_text(answer)
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    expect(seller.locator(".screen__text--in p").last).to_contain_text(found[1], timeout=SOON)
    expect(customer.locator(".screen__text--in")).to_have_count(told + 1, timeout=SOON)
    # The news leaves what one is typing, and where, as it was; the newest text is in sight.
    expect(field).to_be_focused()
    assert page.locator(".handset__screen").first.evaluate("screen => screen.scrollTop") == 0


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_both_are_sound(open_page: Callable[..., Page], site: str, language: str) -> None:
    page = open_page(PHONE, base_url=site)
    page.goto(f"{PHONES}{language}&customer_other=nobody")
    assert page.get_attribute("html", "lang") == language
    for text in ("مساعدة", "AIDE"):
        page.fill("#write-cooperative", text)
        page.press("#write-cooperative", "Enter")
        expect(page.locator("#screen-cooperative p").last).not_to_have_text(text, timeout=SOON)
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert (width, sideways(page)) == (width, [])
        assert (width, violations(page)) == (width, [])


def test_one_at_a_time_on_a_small_screen(phone_page: Page) -> None:
    phone_page.goto(f"{PHONES}fr")
    seller, customer = (
        phone_page.locator(f"#write-{side}") for side in ("cooperative", "customer")
    )
    expect(seller).to_be_visible()
    expect(customer).to_be_hidden()
    seller.fill("VENTES")
    seller.press("Enter")
    phone_page.click("label[for=show-customer]")
    expect(customer).to_be_visible()
    expect(seller).to_be_hidden()
    # What arrives meanwhile on the other one is counted beside its name.
    expect(phone_page.locator("#count-cooperative")).to_contain_text("1", timeout=SOON)


def test_without_a_script(open_page: Callable[..., Page], site: str) -> None:
    page = open_page(PHONE, base_url=site, java_script_enabled=False)
    page.goto(f"{PHONES}fr&cooperative=0600010002&customer=0612345678")
    page.click("#tries-cooperative a >> text=VENTES")
    assert page.input_value("#write-cooperative") == "VENTES"
    page.click(".handset--cooperative .handset__write button")
    assert page.locator("#screen-cooperative .screen__text--out p").last.inner_text() == "VENTES"
    assert "cooperative=0600010002&customer=0612345678" in page.url
    for _ in range(300):
        page.click("main .page-head .button")
        if page.locator("#screen-cooperative .screen__text--new").count():
            return
    raise AssertionError("no answer came")
