"""Two machines on one database: what changes through one is found through the other."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.proofs.forms import form_with
from tests.proofs.house import House, open_house
from tests.proofs.test_kills import products

SELLER = "0600010001"
MOST_SECONDS = 2.0


def rename(house: House, name: str) -> int:
    """A seller gives her first product another name, by the pages of this server; its id."""
    seller = house.visitor()
    seller.log_in(SELLER)
    listed = seller.ask("GET", "/fr/seller/products/?only=published").text
    path = re.findall(r'href="(/fr/seller/products/\d+/)"', listed)[0]
    page = seller.ask("GET", path).text
    form = {**form_with(page, "name_fr"), "name_fr": name}
    assert seller.ask("POST", path, form).status == 302
    shown = re.findall(r"/fr/products/[a-z0-9-]*-(\d+)/", seller.ask("GET", path).text)
    return int(shown[0])


@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_found_through_the_other_within_two_seconds(tmp_path: Path) -> None:
    with open_house(tmp_path) as first:
        home = tmp_path / "second"
        home.mkdir()
        second = House(home=home, url=first.url)
        try:
            second.start()
            assert len(products(second)) == 3
            product = rename(first, "Xylophonique")
            changed = time.monotonic()
            path = f"/api/v1/products?q={quote('xylophonique')}"
            while second.visitor().ask("GET", path).json["count"] == 0:
                assert time.monotonic() - changed < MOST_SECONDS
                time.sleep(0.05)
            [found] = second.visitor().ask("GET", path).json["results"]
            assert found["id"] == product
        finally:
            second.kill()
