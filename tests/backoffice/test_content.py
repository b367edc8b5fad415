"""Categories, labels, selections and fees: the editors' work."""

from __future__ import annotations

import pytest

from taawon.backoffice.selections import in_new_order, numbers_in
from taawon.catalogue.models import Category, Label, Selection
from taawon.shipping.models import Rate
from tests.backoffice.build import levels, lines
from tests.factories import ProductFactory

NAMES = {"name_fr": "Miel", "name_ar": "عسل", "name_zgh": "ⵜⴰⵎⵎⵉⵏⵜ", "name_en": "Honey"}


@pytest.fixture
def editor(house):
    return house.browser("editor")


def test_a_category_is_added_and_changed(house, editor):
    form = {**NAMES, "slug": "miel", "position": "٣", "perishable": "on"}
    answer = editor.post("/backoffice/categories/add/", form)

    made = Category.objects.get(slug="miel")
    assert answer["Location"] == "/backoffice/categories/"
    assert (made.name_fr, made.name_ar, made.name_zgh, made.name_en) == tuple(NAMES.values())
    assert (made.position, made.parent_id, made.perishable, made.processed_food) == (
        3,
        None,
        True,
        False,
    )
    changed = {**NAMES, "name_fr": "Miels", "position": "4", "parent_id": house.category.pk}
    editor.post(f"/backoffice/categories/{made.pk}/", {**changed, "processed_food": "on"})

    made.refresh_from_db()
    assert (made.slug, made.name_fr, made.position, made.parent_id) == (
        "miel",
        "Miels",
        4,
        house.category.pk,
    )
    assert (made.perishable, made.processed_food) == (False, True)
    who = house.people["editor"].pk
    assert lines() == [("category-added", "staff", who), ("category-edited", "staff", who)]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({**NAMES, "slug": "argan-oil", "position": "0"}, "slug"),
        ({**NAMES, "slug": "Miel d’été", "position": "0"}, "slug"),
        ({"slug": "miel", "position": "0"}, "name_fr"),
        ({**NAMES, "slug": "miel", "position": "-1"}, "position"),
        ({**NAMES, "slug": "miel", "position": "1", "parent_id": "9876"}, "parent_id"),
        ({**NAMES, "name_ar": "x" * 121, "slug": "miel", "position": "1"}, "name_ar"),
    ],
)
def test_a_category_that_is_refused(house, editor, form, wrong):
    answer = editor.post("/backoffice/categories/add/", form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    assert Category.objects.count() == 1
    assert lines() == []


def test_a_label_is_added_and_changed(house, editor):
    form = {**NAMES, "short_fr": "Bio", "short_ar": "بيو", "code": "bio", "position": "2"}
    editor.post("/backoffice/labels/add/", form)
    assert editor.post("/backoffice/labels/add/", form).status_code == 422
    editor.post("/backoffice/labels/code/bio/", {**form, "short_fr": "AB"})

    made = Label.objects.get(pk="bio")
    assert (made.name_fr, made.short_fr, made.short_ar, made.position) == ("Miel", "AB", "بيو", 2)
    who = house.people["editor"].pk
    assert lines() == [("label-added", "staff", who), ("label-edited", "staff", who)]
    assert editor.get("/backoffice/labels/code/nothing/").status_code == 404


def test_a_selection_with_its_products_in_order(house, editor):
    first, second = ProductFactory(), ProductFactory()
    titles = {"title_fr": "Fêtes", "title_ar": "أعياد", "position": "1", "shown": "on"}
    answer = editor.post(
        "/backoffice/selections/add/", {**titles, "add": f"{first.pk}\n/fr/products/x-{second.pk}/"}
    )
    made = Selection.objects.get(title_fr="Fêtes")
    assert answer["Location"] == f"/backoffice/selections/{made.pk}/"
    assert list(made.chosen.values_list("product_id", flat=True)) == [first.pk, second.pk]

    places = {f"place-{first.pk}": "9", f"place-{second.pk}": "1", "add": str(house.product.pk)}
    editor.post(f"/backoffice/selections/{made.pk}/", {**titles, **places})
    assert list(made.chosen.values_list("product_id", flat=True)) == [
        second.pk,
        first.pk,
        house.product.pk,
    ]
    editor.post(f"/backoffice/selections/{made.pk}/", {**titles, f"drop-{first.pk}": "on"})
    assert list(made.chosen.values_list("product_id", flat=True)) == [second.pk, house.product.pk]

    wrong = editor.post(f"/backoffice/selections/{made.pk}/", {**titles, "add": "987654 miel"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["add"])
    assert made.chosen.count() == 2
    editor.post(f"/backoffice/selections/{made.pk}/remove/")
    assert not Selection.objects.filter(pk=made.pk).exists()
    assert [name for name, _channel, _who in lines()] == [
        "selection-added",
        "selection-edited",
        "selection-edited",
        "selection-removed",
    ]


def test_places_and_numbers_as_they_are_typed():
    typed = {"place-5": "٢", "place-6": "1", "place-7": "-3", "drop-8": "on"}
    assert in_new_order([5, 6, 7, 8], typed) == [6, 5, 7]
    assert numbers_in("12 ٣٤\nhttps://taawon.ma/fr/products/miel-d-azilal-56/?q=1 miel") == [
        12,
        34,
        56,
        0,
    ]


def test_fees(house, editor):
    path = f"/backoffice/fees/{house.zone.pk}/"
    answer = editor.post(path, {"grams": ["1000", "5000", ""], "fee": ["29,50", "٤٥", ""]})

    assert answer["Location"] == "/backoffice/fees/"
    assert list(Rate.objects.values_list("up_to_grams", "fee_centimes")) == [
        (1000, 2950),
        (5000, 4500),
    ]
    assert lines() == [("rates-changed", "staff", house.people["editor"].pk)]
    assert editor.get("/backoffice/fees/").context["zones"][0]["lines"][0].fee == "29,50"
    assert editor.post("/backoffice/fees/nowhere/", {}).status_code == 404


@pytest.mark.parametrize(
    ("grams", "fee"),
    [
        ([], []),
        (["0"], ["10"]),
        (["1,5"], ["10"]),
        (["1000"], ["abc"]),
        (["1000", "500"], ["10", "20"]),
        (["1000"], [""]),
    ],
)
def test_fees_that_are_refused(house, editor, grams, fee):
    answer = editor.post(f"/backoffice/fees/{house.zone.pk}/", {"grams": grams, "fee": fee})

    assert answer.status_code == 422
    assert list(Rate.objects.values_list("up_to_grams", "fee_centimes")) == [(1000, 3500)]
    assert lines() == []


@pytest.mark.parametrize("page", ["categories", "labels", "fees"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_as_a_spreadsheet(house, editor, page, form):
    answer = editor.get(f"/backoffice/{page}/?file={form}")

    assert answer.status_code == 200
    assert len(answer.getvalue()) > 20
    assert levels(answer) == []
