"""Behind the login, and on the way to an order: accessible and never wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.measure import sideways, violations
from tests.browser.people import CUSTOMER, SELLER, TEAM, linked, put_into_the_basket

LANGUAGES = ("fr", "ar", "zgh", "en")
# Below the language; a star stands for what the page before it links to.
GUEST = ("products/?women=yes&in_stock=yes", "products/?q=xqzv", "orders/find/", "login/", "lost/")
CUSTOMER_PAGES = (
    "account/",
    "account/announcements/",
    "account/profile/",
    "account/data/",
    "orders/",
    "orders/*/",
    "favourites/",
)
SELLER_PAGES = (
    "seller/",
    "seller/orders/",
    "seller/orders/*/",
    "seller/products/",
    "seller/products/*/",
    "seller/products/add/",
    "seller/products/bulk/",
    "seller/shop/",
    "seller/members/",
    "seller/reviews/",
    "seller/downloads/",
)
TEAM_PAGES = (
    "",
    "claims/",
    "cooperatives/",
    "cooperatives/*/",
    "cooperatives/add/",
    "products/",
    "orders/",
    "moderation/",
    "tickets/",
    "conversations/",
    "campaigns/",
    "campaigns/new/",
    "vocabulary/",
    "categories/",
    "selections/",
    "fees/",
    "people/",
    "messages/",
    "gateways/",
    "audit/",
)
Walk = Callable[..., None]


@pytest.fixture
def walk(open_page: Callable[..., Page], site: str) -> Walk:
    """Visit pages below `root`, and look at each on a phone and on a desk."""

    def visit(root: str, paths: tuple[str, ...], state: Any = None) -> None:
        page = open_page(PHONE, base_url=site, storage_state=state)
        found = []
        for path in paths:
            if "*" in path:
                path = linked(page, root + path)
            page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            page.goto(path if path.startswith("/") else root + path, wait_until="load")
            found += [(path, *fault) for fault in faults(page)]
        assert found == []

    return visit


def faults(page: Page) -> list[tuple[int, str]]:
    faults = []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        faults += [(width, fault) for fault in (*sideways(page), *violations(page))]
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_guest_sees(walk: Walk, language: str) -> None:
    walk(f"/{language}/", GUEST)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_an_order(
    open_page: Callable[..., Page], site: str, walk: Walk, language: str
) -> None:
    page = open_page(PHONE, base_url=site)
    page.goto("/fr/products/?in_stock=yes")
    put_into_the_basket(page, linked(page, "/fr/products/*/"))
    page.goto("/fr/basket/")
    assert page.locator("section.parcel").count() == 1
    walk(f"/{language}/", ("basket/", "checkout/"), page.context.storage_state())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_customer_sees(walk: Walk, logged_in: Any, language: str) -> None:
    walk(f"/{language}/", CUSTOMER_PAGES, logged_in(CUSTOMER))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_cooperative_sees(walk: Walk, logged_in: Any, language: str) -> None:
    walk(f"/{language}/", SELLER_PAGES, logged_in(SELLER))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_the_team_sees(
    open_page: Callable[..., Page], site: str, walk: Walk, logged_in: Any, language: str
) -> None:
    page = open_page(DESK, base_url=site, storage_state=logged_in(TEAM))
    page.goto("/backoffice/")
    page.select_option("#own-language", language)
    page.wait_for_selector(f"html[lang={language}]")
    walk("/backoffice/", TEAM_PAGES, page.context.storage_state())
