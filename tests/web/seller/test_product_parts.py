"""A product beside its form: its life, copies, pictures, labels, holds; and other people's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.catalogue.models import Hold, Product
from taawon.catalogue.states import State
from tests.factories import LabelFactory, PictureFactory
from tests.web.seller.build import kept, photograph


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
