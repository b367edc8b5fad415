"""Products: added from a picture, changed, published, labelled, held, archived."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from taawon.catalogue.models import Hold, Picture, Product
from taawon.catalogue.states import State
from tests.factories import CategoryFactory, LabelFactory, PictureFactory
from tests.web.seller.build import photograph


def typed(product: Product, **changes):
    """What the form sends for the product as it stands."""
    return {
        "name_fr": product.name_fr or "",
        "name_ar": product.name_ar or "",
        "price": "120",
        "content": "500",
        "unit": "g",
        "on_hand": str(product.on_hand),
        "seen_on_hand": str(product.on_hand),
        "weight": "550",
        "weight_in": "g",
        "category": str(product.category_id or ""),
        "low_stock": "3",
        **changes,
    }


def kept(product: Product):
    product.refresh_from_db()
    return {
        "name": product.name_fr,
        "price": product.price_centimes,
        "content": (product.content, product.unit),
        "weight": product.weight_grams,
        "on_hand": product.on_hand,
        "state": product.state,
    }


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


@pytest.mark.parametrize(
    ("state", "verb", "wanted"),
    [
        ("published", "pause", "paused"),
        ("paused", "publish", "published"),
        ("published", "archive", "archived"),
        ("draft", "archive", "archived"),
        ("archived", "restore", "draft"),
    ],
)
def test_the_life_of_a_product(shop, state, verb, wanted):
    product = shop.product(state=state, cover="products/x")

    first = shop.post(f"products/{product.pk}/{verb}/")
    second = shop.post(f"products/{product.pk}/{verb}/")

    assert (first.status_code, second.status_code) == (302, 302)
    assert kept(product)["state"] == wanted


def test_the_archive_offers_the_way_back(shop):
    product = shop.product(state="archived")

    assert f"products/{product.pk}/restore/" in shop.get(f"products/{product.pk}/").text


def test_a_copy(shop):
    product = shop.product(name_fr="Miel", price_centimes=18000)

    first = shop.post(f"products/{product.pk}/duplicate/", key="k")
    second = shop.post(f"products/{product.pk}/duplicate/", key="k")

    assert first.url == second.url
    copy = Product.objects.exclude(pk=product.pk).get()
    assert (copy.name_fr, copy.price_centimes, copy.state, copy.on_hand) == (
        "Miel",
        18000,
        State.DRAFT,
        0,
    )


def test_pictures_in_another_order(shop):
    product = shop.product(cover="products/a")
    first, second, third = (PictureFactory(product=product) for _ in range(3))

    shop.post(f"products/{product.pk}/pictures/{third.pk}/earlier/")

    product.refresh_from_db()
    assert [one.pk for one in product.pictures.all()] == [first.pk, third.pk, second.pk]
    shop.post(f"products/{product.pk}/pictures/{second.pk}/cover/")
    product.refresh_from_db()
    assert product.cover == second.key


def test_pictures_added_and_removed(shop):
    product = shop.product(state="draft")
    shop.post(f"products/{product.pk}/pictures/", picture=photograph(), key="a")
    shop.post(f"products/{product.pk}/pictures/", picture=photograph(), key="a")
    [picture] = product.pictures.all()

    shop.post(f"products/{product.pk}/pictures/{picture.pk}/remove/")

    assert product.pictures.count() == 0


def test_the_last_picture_of_a_published_product_stays(shop):
    product = shop.product(cover="products/a")
    picture = PictureFactory(product=product)

    page = shop.client.post(
        f"/fr/seller/products/{product.pk}/pictures/{picture.pk}/remove/", follow=True
    )

    assert "notice--warning" in page.text
    assert product.pictures.count() == 1


def test_a_label_with_its_certificate(shop):
    LabelFactory()
    product = shop.product()
    later = timezone.localdate() + timedelta(days=30)
    form = {"label": "igp", "number": "MA-12", "body": "Normacert", "expires_on": str(later)}

    shop.post(f"products/{product.pk}/labels/", **form)
    product.refresh_from_db()
    assert product.label_codes == ["igp"]

    shop.post(f"products/{product.pk}/labels/igp/remove/")
    product.refresh_from_db()
    assert product.label_codes == []


@pytest.mark.parametrize(
    "changes",
    [{"expires_on": "2020-01-01"}, {"expires_on": "soon"}, {"number": ""}, {"label": "nonsense"}],
)
def test_a_label_without_a_valid_certificate(shop, changes):
    LabelFactory()
    product = shop.product()
    later = str(timezone.localdate() + timedelta(days=30))
    form = {"label": "igp", "number": "MA-12", "body": "Normacert", "expires_on": later, **changes}

    answer = shop.post(f"products/{product.pk}/labels/", **form)

    assert answer.status_code == 422
    assert product.certificates.count() == 0


def test_a_hold_is_read_and_answered(shop):
    product = shop.product(held=True)
    Hold.objects.create(product=product, reason="La photo montre une autre marque.")
    assert "une autre marque" in shop.get(f"products/{product.pk}/").text

    shop.post(f"products/{product.pk}/answer/", answer="Voici la bonne photo.")

    assert Hold.objects.get().answer == "Voici la bonne photo."


def test_an_empty_answer(shop):
    product = shop.product(held=True)
    Hold.objects.create(product=product, reason="Pourquoi ?")

    assert shop.post(f"products/{product.pk}/answer/", answer=" ").status_code == 422
    assert Hold.objects.get().answer == ""


THEIRS = [
    ("", {"name_fr": "Volé"}),
    ("save/", {"name_fr": "Volé"}),
    ("publish/", {}),
    ("pause/", {}),
    ("archive/", {}),
    ("restore/", {}),
    ("duplicate/", {"key": "k"}),
    ("answer/", {"answer": "x"}),
    ("labels/", {"label": "igp", "number": "1", "body": "x", "expires_on": "2030-01-01"}),
    ("labels/igp/remove/", {}),
]


@pytest.mark.parametrize("state", ["draft", "published", "archived"])
@pytest.mark.parametrize(("path", "form"), THEIRS)
def test_somebody_elses_product_is_not_there(shop, other, state, path, form):
    theirs = other.product(state=state, cover="products/x")
    before = kept(theirs)

    assert shop.post(f"products/{theirs.pk}/{path}", **form).status_code == 404
    assert kept(theirs) == before
    assert Product.objects.count() == 1


def test_somebody_elses_pictures_are_not_there(shop, other):
    theirs, mine = other.product(), shop.product()
    picture = PictureFactory(product=theirs)

    assert shop.get(f"products/{theirs.pk}/").status_code == 404
    for product in (theirs, mine):
        answer = shop.post(f"products/{product.pk}/pictures/{picture.pk}/remove/")
        assert answer.status_code == 404
    assert shop.post(f"products/{theirs.pk}/pictures/", picture=photograph()).status_code == 404
    assert theirs.pictures.count() == 1
    assert shop.get("products/99999999999999999999/").status_code == 404
