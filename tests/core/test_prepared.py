from __future__ import annotations

import pytest
from django.db.models import Exists, OuterRef

from taawon.catalogue.models import Favourite, Product
from taawon.core.prepared import Prepared, PreparedModels
from tests.factories import PersonFactory, ProductFactory

pytestmark = pytest.mark.django_db
NAMES = ("pk", "name_ar", "label_codes", "published_at", "cooperative__is_womens")


def test_rows_are_those_of_the_query_itself(django_assert_num_queries):
    made = [ProductFactory(label_codes=["igp", "bio"][:n]) for n in range(3)]
    prepared = Prepared(lambda *ids: Product.objects.filter(pk__in=ids).values(*NAMES))
    for wanted in (made[:1], made[1:], made[2:], made[:2]):
        ids = [one.pk for one in wanted]
        with django_assert_num_queries(1):
            found = prepared(*ids)
        expected = list(Product.objects.filter(pk__in=ids).values(*NAMES))
        by_id = sorted(found, key=lambda row: row["pk"])
        assert by_id == sorted(expected, key=lambda row: row["pk"])
        assert [row["label_codes"] for row in by_id] == [one.label_codes for one in wanted]
        assert {type(row["cooperative__is_womens"]) for row in found} == {bool}


def test_models_come_with_their_relations_and_annotations(django_assert_num_queries):
    liked, other, person = ProductFactory(), ProductFactory(), PersonFactory()
    Favourite.objects.create(person=person, product=liked)
    mine = Favourite.objects.filter(product_id=OuterRef("pk"))
    prepared = PreparedModels(
        lambda pk, who: (
            Product.objects.select_related("cooperative__shop", "category")
            .filter(pk=pk)
            .annotate(is_favourite=Exists(mine.filter(person_id=who)))
        )
    )
    for product, is_favourite in ((liked, True), (other, False), (liked, True)):
        with django_assert_num_queries(1):
            [found] = prepared(product.pk, person.pk)
            shop, category = found.cooperative.shop, found.category
        assert found == product
        assert (found.name_fr, shop, category) == (
            product.name_fr,
            product.cooperative.shop,
            product.category,
        )
        assert found.is_favourite is is_favourite
    assert prepared(liked.pk, 0)[0].is_favourite is False
    assert prepared(liked.pk + other.pk + 1, person.pk) == []


def test_a_found_model_can_be_changed_and_saved():
    product = ProductFactory(on_hand=3)
    prepared = PreparedModels(lambda pk: Product.objects.filter(pk=pk))
    [found] = prepared(product.pk)
    found.on_hand = 9
    found.save()
    [again] = prepared(product.pk)
    assert again.on_hand == 9
