"""Products: added from a picture, changed, published, labelled, held, archived."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taawon.catalogue.models import Picture, Product
from taawon.catalogue.states import State
from tests.factories import CategoryFactory, PictureFactory
from tests.web.seller.build import kept, photograph, typed


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(shop, count, django_assert_num_queries):
    for _ in range(count):
        shop.product()
    shop.get("products/")

    with django_assert_num_queries(5):
        page = shop.get("products/").text

    assert page.count('class="seller-row"') == count


def test_found_by_name_and_number(shop, other):
    honey = shop.product(name_fr="Miel de thym", name_ar="عسل", number=41)
    shop.product(name_fr="Safran", name_ar="زعفران", number=42)
    other.product(name_fr="Miel d’euphorbe", number=41)

    for words in ("miel", "THYM", "41"):
        rows = shop.get("products/", words=words).context["rows"]
        assert [row["product"].id for row in rows] == [honey.pk]
    assert shop.get("products/", words="%_<script>").context["rows"] == []


def test_tabs(shop):
    shop.product(number=1, state="draft")
    shop.product(number=2, on_hand=2)
    shop.product(number=3, state="archived")

    def numbers(only):
        rows = shop.get("products/", only=only).context["rows"]
        return [row["product"].number for row in rows]

    assert numbers("") == [2, 1]
    assert numbers("draft") == [1]
    assert numbers("low") == [2]
    assert numbers("archived") == [3]
    assert numbers("nonsense") == [2, 1]


def test_from_a_picture_to_the_market_in_a_minute(shop):
    category = CategoryFactory()
    answer = shop.post("products/add/", picture=photograph(), key="k1")
    product = Product.objects.get(cooperative=shop.coop)
    assert answer.url == f"/fr/seller/products/{product.pk}/"
    assert product.state == State.DRAFT
    assert product.pictures.count() == 1

    form = typed(
        product, name_fr="Amlou", price="85,50", on_hand="١٢", category=category.pk, publish="1"
    )
    done = shop.post(f"products/{product.pk}/", **form)

    assert done.status_code == 302
    assert kept(product) == {
        "name": "Amlou",
        "price": 8550,
        "content": (500, "g"),
        "weight": 550,
        "on_hand": 12,
        "state": State.PUBLISHED,
    }


def test_a_weak_network_sends_the_picture_twice(shop):
    first = shop.post("products/add/", picture=photograph(), key="k1")
    second = shop.post("products/add/", picture=photograph(), key="k1")

    assert first.url == second.url
    assert Product.objects.count() == 1
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jpg", b""),
        ("virus.jpg", b"MZ\x90\x00" + b"\x00" * 64),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    ],
)
def test_what_is_no_picture_says_so_and_another_try_uses_the_same_draft(shop, name, content):
    file = SimpleUploadedFile(name, content, "image/jpeg")

    answer = shop.post("products/add/", picture=file, key="k1")

    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert 'name="key" value="k1"' in answer.text
    assert Picture.objects.count() == 0
    shop.post("products/add/", picture=photograph(), key="k1")
    assert Product.objects.count() == 1
    assert Picture.objects.count() == 1


def test_without_a_picture(shop):
    assert shop.post("products/add/", key="k1").status_code == 422
    assert Product.objects.count() == 0

    shop.post("products/add/later/", key="k2")
    shop.post("products/add/later/", key="k2")

    assert Product.objects.count() == 1


def test_a_draft_is_saved_as_one_types(shop):
    product = shop.product(state="draft", category=None, price_centimes=0, weight_grams=0)
    form = typed(product, name_fr="Amlou", price="abc", weight="", unit="piece", content="")

    answer = shop.post(f"products/{product.pk}/save/", **form)

    assert answer.status_code == 204
    assert kept(product)["name"] == "Amlou"
    assert kept(product)["price"] == 0


def test_what_is_published_is_never_saved_as_one_types(shop):
    product = shop.product(name_fr="Miel")

    answer = shop.post(f"products/{product.pk}/save/", **typed(product, name_fr="M"))

    assert answer.status_code == 422
    assert kept(product)["name"] == "Miel"


def test_an_unfinished_draft_is_kept_and_says_what_it_lacks(shop):
    product = shop.product(state="draft", category=None, price_centimes=0, weight_grams=0)
    form = typed(product, name_fr="Amlou", price="", weight="", unit="piece", content="1")

    answer = shop.post(f"products/{product.pk}/", **form, publish="1")

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["__all__", "category", "price", "weight"]
    assert kept(product)["name"] == "Amlou"
    assert kept(product)["state"] == State.DRAFT


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"price": "abc"}, "price"),
        ({"price": "0"}, "price"),
        ({"price": "-1"}, "price"),
        ({"price": "1000000000"}, "price"),
        ({"price": "85,505"}, "price"),
        ({"price": ""}, "price"),
        ({"on_hand": "1,5"}, "on_hand"),
        ({"on_hand": "-1"}, "on_hand"),
        ({"on_hand": "1000000001"}, "on_hand"),
        ({"content": "0"}, "content"),
        ({"content": "0,0001", "unit": "kg"}, "content"),
        ({"unit": "tonne"}, "unit"),
        ({"category": "0"}, "category"),
        ({"category": "x"}, "category"),
        ({"name_fr": "x" * 161}, "name_fr"),
        ({"name_fr": "a\x00b"}, "name_fr"),
        ({"name_fr": "  "}, "name_fr"),
    ],
)
def test_what_is_wrong_is_marked_kept_and_changes_nothing(shop, changes, wrong):
    product = shop.product()
    before = kept(product)

    answer = shop.post(f"products/{product.pk}/", **typed(product, **changes))

    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert kept(product) == before


def test_kilograms_and_litres(shop):
    product = shop.product()
    PictureFactory(product=product)
    product.cover = "products/x"
    product.save()

    form = typed(product, content="1,5", unit="kg", weight="1,75", weight_in="kg")
    shop.post(f"products/{product.pk}/", **form)

    assert kept(product)["content"] == (1500, "g")
    assert kept(product)["weight"] == 1750
    form = shop.get(f"products/{product.pk}/").context["form"]
    assert [form[name].value() for name in ("content", "unit", "weight", "weight_in")] == [
        "1,5",
        "kg",
        "1,75",
        "kg",
    ]


def test_an_untouched_stock_does_not_undo_an_order(shop):
    """Two packs were sold while the page was open."""
    product = shop.product(on_hand=10, cover="products/x")
    form = typed(product, name_fr="Nouveau nom")
    Product.objects.filter(pk=product.pk).update(on_hand=8)

    shop.post(f"products/{product.pk}/", **form)

    assert kept(product)["name"] == "Nouveau nom"
    assert kept(product)["on_hand"] == 8


def test_hostile_text_is_shown_as_text(shop):
    product = shop.product(cover="products/x")
    name = "<script>alert(1)</script>\u202eMiel"

    shop.post(f"products/{product.pk}/", **typed(product, name_fr=name))

    assert kept(product)["name"] == "<script>alert(1)</script>Miel"
    for page in ("products/", f"products/{product.pk}/", "products/bulk/"):
        assert "<script>alert" not in shop.get(page).text
