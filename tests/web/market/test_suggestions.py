"""The lines below a search field: whoever answers all that was typed comes first."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from taawon.catalogue.models import Product
from taawon.catalogue.states import State
from tests.factories import CategoryFactory, CooperativeFactory, ProductFactory, ShopFactory
from tests.web.market.build import index

__all__ = ["index"]

pytestmark = pytest.mark.django_db
Index = Callable[[], None]


def offered(client: Client, query: str) -> list[str]:
    """The text of each line, the small one beside it left out."""
    page = client.get(f"/fr/suggestions/?{query}").content.decode()
    lines = re.findall(r'<span dir="auto">(.*?)</span>', page)
    return [unescape(re.sub("<[^>]+>", "", line)) for line in lines]


def a_market() -> None:
    women = CooperativeFactory(
        name_fr="Coopérative féminine Al Khair", name_ar="التعاونية النسوية الخير"
    )
    shop = ShopFactory(cooperative=women)
    CooperativeFactory(name_fr="Coopérative Ard Al Khair")
    shelf = CategoryFactory(name_fr="Babouches")
    for name in ("Babouches pour femme", "Savon noir"):
        ProductFactory(cooperative=shop.cooperative, name_fr=name, category=shelf)
    Product.objects.update(state=State.PUBLISHED, published_at=timezone.now())


def test_who_answers_all_words_comes_first(client: Client, index: Index) -> None:
    a_market()
    index()
    assert offered(client, "q=nissa+lkhir") == [
        "Coopérative féminine Al Khair",
        "Babouches pour femme",
    ]
    assert offered(client, "q=babouches+fem") == [
        "Babouches pour femme",
        "Coopérative féminine Al Khair",
    ]


def test_the_directory_offers_cooperatives_alone(client: Client, index: Index) -> None:
    a_market()
    index()
    assert offered(client, "q=khair&of=cooperatives") == [
        "Coopérative féminine Al Khair",
        "Coopérative Ard Al Khair",
    ]
    assert offered(client, "q=babouches&of=cooperatives") == []
    assert offered(client, "q=&of=cooperatives") == []
