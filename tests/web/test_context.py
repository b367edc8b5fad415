"""What the frame of every page is given."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_this_page_in_every_language(client: Client) -> None:
    page = client.get("/fr/products/?q=miel&sort=newest").content.decode()
    menu = re.search(r'<ul class="menu__list" role="list">(.*?)</ul>', page, re.S)
    assert menu is not None
    assert re.findall(r'href="([^"]+)" lang="(\w+)"', menu[1]) == [
        (f"/{code}/products/?q=miel&amp;sort=newest", code) for code in ("fr", "ar", "zgh", "en")
    ]
    assert re.findall(r'lang="(\w+)" hreflang="\w+" aria-current="true"', menu[1]) == ["fr"]
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page) == [
        (code, f"{settings.SITE_URL}/{code}/products/") for code in ("fr", "ar", "zgh", "en")
    ]


def test_an_address_cannot_break_out(client: Client) -> None:
    page = client.get("/fr/products/?%22%3E%3Cb%3E").content.decode()
    assert '"><b>' not in page
    missing = client.get("/fr/%22%3E%3Cb%3E/").content.decode()
    assert '"><b>' not in missing
