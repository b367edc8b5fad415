"""A register file comes in while people search and buy from the cooperatives that it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative, Shop
from taawon.cooperatives.services import importing, working
from taawon.orders.models import Order
from taawon.orders.services import checkout
from taawon.search import follower, query, readers
from tests.cooperatives.filing import AMAL, applied, checked, ground
from tests.cooperatives.services.test_races import at_once
from tests.factories import ProductFactory, staff
from tests.orders.build import GUEST, basket, wish, zones

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, BUYERS = 1_200, 8


def test_nobody_waits_for_a_file(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    readers.forget()
    ground()
    zones()
    by = staff()
    applied(AMAL, by=by)
    amal = Cooperative.objects.get()
    Shop.objects.create(cooperative=amal)
    product = ProductFactory(cooperative=amal, on_hand=50, name_fr="Miel de thym")
    follower.rebuild()
    renamed = ("1/2019", "Tiznit", "Tafoukt", "تافوكت", "Argan", "Tiznit", "14", "0612345678")
    new = [
        (f"{n}/2020", "Tiznit", f"Zite {n}", "", "Argan", "Larache", "9", "")
        for n in range(1, ROWS + 1)
    ]
    batch = checked(renamed, *new, by=by)
    importing.apply(batch.pk, by=by)
    baskets = [basket((product, 1)) for _ in range(BUYERS)]
    pages: list[int] = []

    def buy(of: Any) -> None:
        checkout.place(of.pk, wish(), key="k", by=GUEST)

    def search() -> None:
        for words in ("miel", "amal", "tafoukt", ""):
            pages.append(Client().get("/fr/products/", {"q": words}).status_code)
            pages.append(Client().get("/fr/cooperatives/", {"q": words}).status_code)

    outcomes = at_once(
        lambda: working.run(batch.pk), search, search, *(lambda of=of: buy(of) for of in baskets)
    )

    assert outcomes == ["done"] * (BUYERS + 3)
    assert set(pages) == {200}
    product.refresh_from_db()
    amal.refresh_from_db()
    assert (product.reserved, Order.objects.filter(cooperative=amal).count()) == (BUYERS, BUYERS)
    assert (amal.name_fr, Cooperative.objects.count()) == ("Tafoukt", ROWS + 1)
    follower.follow_once()
    assert query.find("cooperative", words="zite").count == ROWS
    assert query.find("product", words="tafoukt").ids == (product.pk,)
    assert list(Product.objects.values_list("pk", flat=True)) == [product.pk]
    readers.forget()
