from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from taawon.catalogue.models import Picture, Product
from taawon.cooperatives.models import Shop
from tests.api.client import Api, fields, ids
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    RegionFactory,
    ShopFactory,
)

pytestmark = pytest.mark.django_db
Index = Callable[[], None]


def _product(**more: object) -> Product:
    """One product after the other: the newest is shown first."""
    moment = timezone.now() + timedelta(seconds=Product.objects.count())
    return ProductFactory(published_at=moment, **more)


def test_a_product_in_a_list(api: Api, index: Index) -> None:
    product = _product(
        name_fr="Huile d’argan",
        name_ar="زيت أركان",
        slug="huile-d-argan",
        content=250,
        unit="ml",
        weight_grams=300,
        on_hand=9,
        reserved=2,
        label_codes=["igp"],
        cover="products/ab/xyz",
    )
    index()

    response = api.get("products")

    assert response.status_code == 200
    assert response.json() == {
        "count": 1,
        "next": None,
        "results": [
            {
                "id": product.pk,
                "name": "Huile d’argan",
                "names": {"fr": "Huile d’argan", "ar": "زيت أركان"},
                "price_centimes": 12000,
                "available": 7,
                "cooperative_id": product.cooperative_id,
                "cooperative_name": product.cooperative.name_fr,
                "category": "argan-oil",
                "region": "MA-09",
                "province": "MA-TIZ",
                "content": 250,
                "unit": "ml",
                "weight_grams": 300,
                "labels": ["igp"],
                "picture": "/media/products/ab/xyz-400.jpg",
                "url": f"/fr/products/huile-d-argan-{product.pk}/",
            }
        ],
        "facets": {"region": {"MA-09": 1}, "category": {"argan-oil": 1}},
    }


def test_a_product_in_full(api: Api, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    product = _product(
        content=250,
        unit="ml",
        description_fr="Pressée à froid",
        description_ar="معصورة على البارد",
        rating_sum=9,
        rating_count=2,
    )
    Picture.objects.create(product=product, key="products/ab/xyz", width=800, height=600)

    with django_assert_num_queries(4):
        said = api.get(f"products/{product.pk}?lang=ar").json()

    assert said["name"] == product.name_ar
    assert said["description"] == "معصورة على البارد"
    assert said["descriptions"] == {"fr": "Pressée à froid", "ar": "معصورة على البارد"}
    assert said["unit_price_centimes"] == 48000
    assert said["rating"] == {"average": 4.5, "count": 2}
    assert said["picture"] is None
    assert said["pictures"] == [
        {
            "small": "/media/products/ab/xyz-240.jpg",
            "medium": "/media/products/ab/xyz-400.jpg",
            "large": "/media/products/ab/xyz-640.jpg",
            "width": 800,
            "height": 600,
        }
    ]
    assert said["url"] == f"/ar/products/{product.slug}-{product.pk}/"


def test_a_product_without_reviews(api: Api) -> None:
    said = api.get(f"products/{_product().pk}").json()
    assert (said["rating"], said["pictures"]) == ({"average": None, "count": 0}, [])


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"state": "archived"}, {"held": True}])
def test_what_is_not_shown_is_not_there(api: Api, index: Index, hidden: dict[str, object]) -> None:
    product = _product(**hidden)
    index()
    assert api.get(f"products/{product.pk}").status_code == 404
    assert api.get("products").json()["count"] == 0


def test_a_paused_shop_shows_and_does_not_sell(api: Api, index: Index) -> None:
    product = _product()
    Shop.objects.update(paused_until=timezone.localdate())
    index()
    assert api.get(f"products/{product.pk}").json()["available"] == 0
    assert [row["available"] for row in api.get("products").json()["results"]] == [0]


def test_what_the_database_says_counts_more_than_the_index(api: Api, index: Index) -> None:
    stays, goes = _product(), _product()
    index()
    Product.objects.filter(pk=goes.pk).update(state="paused")
    Product.objects.filter(pk=stays.pk).update(reserved=10, price_centimes=1)

    said = api.get("products").json()

    assert [(row["id"], row["available"], row["price_centimes"]) for row in said["results"]] == [
        (stays.pk, 0, 1)
    ]


def test_words_and_filters(api: Api, index: Index) -> None:
    RegionFactory(code="MA-06", name_fr="Casablanca-Settat")
    honey = CategoryFactory(slug="miel", name_fr="Miel")
    thyme = _product(name_fr="Miel de thym", category=honey)
    orange = _product(name_fr="Miel d’oranger", category=honey)
    oil = _product(name_fr="Huile d’olive")
    index()

    assert ids(api.get("products")) == [oil.pk, orange.pk, thyme.pk]
    assert ids(api.get("products?q=thym")) == [thyme.pk]
    assert ids(api.get("products?category=miel")) == [orange.pk, thyme.pk]
    assert ids(api.get("products?category=miel&q=ORANGER")) == [orange.pk]
    assert ids(api.get("products?region=MA-09")) == [oil.pk, orange.pk, thyme.pk]
    assert ids(api.get("products?region=MA-06")) == []
    empty = api.get("products?q=&region=&category=&sort=&page=&per_page=&lang=")
    assert ids(empty) == [oil.pk, orange.pk, thyme.pk]
    assert api.get("products?colour=red").json()["count"] == 3


def test_orders_of_a_list(api: Api, index: Index) -> None:
    cheap = _product(price_centimes=100, rating_sum=50, rating_count=10)
    dear = _product(price_centimes=900, rating_sum=10, rating_count=10)
    middle = _product(price_centimes=500)
    index()

    def sorted_by(sort: str) -> list[int]:
        return ids(api.get(f"products?sort={sort}"))

    assert sorted_by("price") == [cheap.pk, middle.pk, dear.pk]
    assert sorted_by("-price") == [dear.pk, middle.pk, cheap.pk]
    assert sorted_by("newest") == [middle.pk, dear.pk, cheap.pk]
    assert sorted_by("rating") == [cheap.pk, dear.pk, middle.pk]  # the unrated last


def test_pages(api: Api, index: Index) -> None:
    cooperative = ShopFactory().cooperative
    made = [_product(cooperative=cooperative, name_fr=f"Miel {n}") for n in range(50)]
    index()
    newest_first = [product.pk for product in reversed(made)]

    first = api.get("products?q=miel&sort=newest").json()
    second = api.client.get(first["next"]).json()
    third = api.client.get(second["next"]).json()

    assert first["next"] == "/api/v1/products?q=miel&sort=newest&page=2"
    assert second["next"] == "/api/v1/products?q=miel&sort=newest&page=3"
    assert third["next"] is None
    pages = [[row["id"] for row in page["results"]] for page in (first, second, third)]
    assert list(map(len, pages)) == [24, 24, 2]
    assert sum(pages, []) == newest_first
    assert [page["count"] for page in (first, second, third)] == [50, 50, 50]
    for beyond in ("4", "1000000", "9" * 30):
        said = api.get(f"products?page={beyond}").json()
        assert (said["count"], said["next"], said["results"]) == (50, None, [])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=abc", "page"),
        ("page=1.5", "page"),
        ("per_page=0", "per_page"),
        ("per_page=201", "per_page"),
        ("sort=colour", "sort"),
        ("region=MA-99", "region"),
        ("region=%00", "region"),
        ("category=nothing", "category"),
        ("lang=de", "lang"),
        ("q=" + "x" * 401, "q"),
    ],
)
def test_what_a_filter_does_not_know(api: Api, index: Index, query: str, field: str) -> None:
    response = api.get(f"products?{query}")
    assert (response.status_code, fields(response)) == (422, [(field, "invalid")])


@pytest.mark.parametrize("words", ["%00", "%ED%A0%80", "AND OR (", '"', "%E2%80%AE", "*", "a:b"])
def test_strange_words_find_nothing(api: Api, index: Index, words: str) -> None:
    index()
    assert api.get(f"products?q={words}").json()["count"] == 0


def test_without_an_index_the_database_answers_and_says_so(api: Api, index: Index) -> None:
    honey = CategoryFactory(slug="miel", name_fr="Miel")
    product = _product(name_fr="Miel de thym", category=honey)
    _product(name_fr="Huile")

    response = api.get("products?q=thym&category=miel&region=MA-09")

    assert response["Taawon-Complete"] == "no"
    assert ids(response) == [product.pk]
    assert (response.json()["count"], response.json()["next"]) == (1, None)
    assert ids(api.get("products?q=thym&page=2")) == []


def test_what_a_list_costs(
    api: Api, index: Index, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _product()
    index()
    api.get("products?region=MA-09&category=argan-oil")
    with django_assert_num_queries(1):
        api.get("products?region=MA-09")
    _product(), _product()
    index()
    with django_assert_num_queries(1):
        assert len(ids(api.get("products?region=MA-09&category=argan-oil"))) == 3
