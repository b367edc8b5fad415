"""Whole ways through the house on a phone: from a search to "delivered", from a claim to a sale."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.people import BUY, TEAM, all_linked, linked, put_into_the_basket
from tests.catalogue.photographs import from_a_phone

SELLERS = ("0600010001", "0600010002", "0600010003")
ON_A_PHONE: dict[str, Any] = {"is_mobile": True, "has_touch": True}


class Walker:
    """One person with a phone; a picture of each step for who wants to look."""

    def __init__(self, page: Page, album: Path) -> None:
        self.page = page
        self.album = album

    def look(self, name: str) -> None:
        self.page.screenshot(path=self.album / f"{name}.png", full_page=True)

    def go(self, path: str) -> None:
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status == 200, path

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state("load")


@pytest.fixture
def walker(
    open_page: Callable[..., Page], site: str, logged_in: Callable[[str], Any], tmp_path: Path
) -> Callable[[str | None], Walker]:
    def walk(phone: str | None) -> Walker:
        state = logged_in(phone) if phone else None
        page = open_page(PHONE, base_url=site, storage_state=state, **ON_A_PHONE)
        return Walker(page, tmp_path)

    return walk


def on_sale(seller: Walker) -> tuple[str, str]:
    """Name and address (below the language) of a product that can be bought from the seller."""
    seller.go("/fr/seller/products/?only=published")
    for product in all_linked(seller.page, "/fr/seller/products/*/"):
        seller.go(product)
        name = seller.page.locator("h1").inner_text()
        seller.go(address := linked(seller.page, "/fr/products/*/"))
        if seller.page.locator(BUY).count():
            return name, address.removeprefix("/fr/")
    raise AssertionError("nothing can be bought")


def buy(customer: Walker, language: str, wanted: list[tuple[str, str]]) -> list[str]:
    """Search, choose, order as a guest with nothing but a phone; the links of the orders."""
    page = customer.page
    customer.go(f"/{language}/")
    customer.look(f"{language}-1-home")
    for number, (name, address) in enumerate(wanted):
        if number == 0:  # by words
            customer.go(f"/{language}/products/?q={name}")
            customer.look(f"{language}-2-found")
            assert page.locator(f"a[href*='-{address.rpartition('-')[2]}']").count()
        put_into_the_basket(page, f"/{language}/{address}")
    customer.go(f"/{language}/basket/")
    customer.look(f"{language}-3-basket")
    assert page.locator("section.parcel").count() == 3
    customer.press("a[href$='/checkout/']")
    page.fill("[name=name]", "أمينة العلوي" if language == "ar" else "Amina Alaoui")
    page.fill("[name=phone]", "06 61 23 45 67")
    page.select_option("[name=region]", "MA-06")
    page.fill("[name=town]", "الدار البيضاء" if language == "ar" else "Casablanca")
    page.fill("[name=address]", "12 rue du Port")
    customer.look(f"{language}-4-details")
    customer.press("button[value=check]")
    customer.look(f"{language}-5-check")
    customer.press("button[value=place]")
    assert "/checkout/done/" in page.url
    customer.look(f"{language}-6-done")
    links = page.eval_on_selector_all(
        "main a[href*='/orders/']", "links => links.map(link => link.getAttribute('href'))"
    )
    orders = list(dict.fromkeys(link for link in links if re.search(r"/orders/[A-Z2-9]{8}/", link)))
    assert len(orders) == 3
    return orders


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_from_a_search_to_delivered(walker: Callable[..., Walker], language: str) -> None:
    sellers = [walker(phone) for phone in SELLERS]
    customer = walker(None)
    orders = buy(customer, language, [on_sale(seller) for seller in sellers])
    for number, seller in enumerate(sellers):
        seller.go("/fr/seller/orders/")
        seller.go(linked(seller.page, "/fr/seller/orders/*/"))
        seller.look(f"{language}-seller{number}-1-new")
        for deed in ("accept", "prepare", "ship", "deliver"):
            if deed == "ship":
                seller.page.fill("[name=carrier]", "Amana")
                seller.page.fill("[name=tracking]", "AM123456789MA")
            seller.press(f"form[action$='/{deed}/'] button")
        seller.look(f"{language}-seller{number}-2-delivered")
    states = []
    for number, order in enumerate(orders):
        customer.go(order)
        customer.look(f"{language}-7-order{number}")
        states.append(customer.page.locator(".page-head .pill").inner_text())
    assert states == [{"fr": "Livrée", "ar": "تم التسليم"}[language]] * 3


CLAIMANT = "0655443322"
WANTED = {
    "name_fr": "Panier en palmier, grand",
    "price": "120",
    "on_hand": "4",
    "content": "1",
    "weight": "800",
}


def test_from_a_claim_to_a_sale(walker: Callable[..., Walker], site: str, tmp_path: Path) -> None:
    member = walker(CLAIMANT)
    claim = ask_for_a_shop(member, tmp_path)
    approve(walker(TEAM), claim)
    member.go("/fr/seller/")
    member.look("2-approved")
    product = add_a_product(member, tmp_path)
    customer = walker(None)
    put_into_the_basket(customer.page, product)
    customer.go("/fr/checkout/")
    for name, text in {"name": "Omar", "phone": "0661234568", "town": "Rabat"}.items():
        customer.page.fill(f"[name={name}]", text)
    customer.page.select_option("[name=region]", "MA-04")
    customer.press("button[value=check]")
    customer.press("button[value=place]")
    member.go("/fr/seller/")
    member.look("4-something-to-do")
    member.go("/fr/seller/orders/")
    member.go(linked(member.page, "/fr/seller/orders/*/"))
    for deed in ("accept", "prepare"):
        member.press(f"form[action$='/{deed}/'] button")
    member.page.fill("[name=tracking]", "AM000000001MA")
    member.press("form[action$='/ship/'] button")
    member.look("5-shipped")
    member.go("/fr/seller/downloads/")
    with member.page.expect_download() as download:
        member.page.click("button[formaction$='orders.csv']")
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "AM000000001MA" in rows[1]
    assert "120" in rows[1]


def ask_for_a_shop(member: Walker, folder: Path) -> int:
    """The number of the claim, with a paper that was photographed."""
    member.go("/fr/cooperatives/")
    name = member.page.locator("main .coop h2 a").first.inner_text()
    member.go(f"/fr/seller/open/?words={name}")
    member.look("1-search")
    paper = folder / "registre.jpg"
    paper.write_bytes(photograph())
    for entry in all_linked(member.page, "/fr/seller/open/*/"):
        member.go(entry)
        if member.page.locator("[name=papers]").count():
            break
    member.page.set_input_files("[name=papers]", paper)
    member.press("form[data-upload] button.button--primary")
    member.page.wait_for_url("**/seller/requests/**")
    member.look("1-asked")
    return int(member.page.url.rstrip("/").rpartition("/")[2])


def approve(team: Walker, claim: int) -> None:
    team.go(f"/backoffice/claims/{claim}/")
    team.look("2-claim")
    team.press("form[action$='/approve/'] button")


def add_a_product(member: Walker, folder: Path) -> str:
    """Picture first; the address of the published product."""
    picture = folder / "panier.jpg"
    picture.write_bytes(photograph())
    member.go("/fr/seller/products/add/")
    member.page.set_input_files("[name=picture]", picture)
    member.page.click("form[action$='/add/'] button.button--primary")
    member.page.wait_for_selector("[name=name_fr]")
    member.look("3-draft")
    page = member.page
    for name, text in WANTED.items():
        page.fill(f"[name={name}]", text)
    page.select_option(
        "[name=category]",
        label=page.locator(
            "[name=category] option", has_text=re.compile("anier|annerie")
        ).first.inner_text(),
    )
    member.press("button[name=publish]")
    member.look("3-published")
    return linked(page, "/fr/products/*/")


def photograph() -> bytes:
    """Twelve megapixels as a telephone takes them: held sideways, with the place in it."""
    return from_a_phone(6, width=4000, height=3000)
