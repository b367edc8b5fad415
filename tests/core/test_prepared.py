from __future__ import annotations

import pytest
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from taawon.catalogue.models import Favourite, Product
from taawon.core.prepared import (
    Prepared,
    PreparedModels,
    insert,
    prepared_delete,
    prepared_update,
)
from taawon.journal.models import Entry
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


def test_an_update_changes_what_its_conditions_say(django_assert_num_queries):
    product, other = ProductFactory(on_hand=5), ProductFactory(on_hand=5)
    keep_back = prepared_update(
        lambda pk, packs: (
            Product.objects.filter(pk=pk, on_hand__gte=F("reserved") + packs),
            {"reserved": F("reserved") + packs},
        )
    )
    with django_assert_num_queries(3):
        assert [keep_back(product.pk, packs) for packs in (3, 3, 2)] == [1, 0, 1]
    product.refresh_from_db()
    other.refresh_from_db()
    assert (product.reserved, other.reserved) == (5, 0)


def test_a_delete_takes_what_it_says(django_assert_num_queries):
    product = ProductFactory()
    people = [PersonFactory() for _ in range(3)]
    for person in people:
        Favourite.objects.create(person=person, product=product)
    forget = prepared_delete(lambda who: Favourite.objects.filter(person_id=who))
    with django_assert_num_queries(2):
        assert [forget(people[1].pk), forget(people[1].pk)] == [1, 0]
    left = Favourite.objects.order_by("pk").values_list("person_id", flat=True)
    assert list(left) == [people[0].pk, people[2].pk]


def test_inserted_rows_are_those_that_django_would_have_made(django_assert_num_queries):
    def lines(subject: str) -> list[Entry]:
        moment = timezone.now()
        return [
            Entry(name="made", subject=subject, facts={"n": n}, channel="web", happened_at=moment)
            for n in range(3)
        ]

    ours, theirs = lines("ours:1"), lines("theirs:1")
    with django_assert_num_queries(1):
        assert insert(ours) == ours
    Entry.objects.bulk_create(theirs)
    for mine, plain in zip(ours, theirs, strict=True):
        kept, expected = Entry.objects.get(pk=mine.pk), Entry.objects.get(pk=plain.pk)
        assert (kept.facts, kept.person_id, kept.channel) == (expected.facts, None, "web")
        assert kept.happened_at == mine.happened_at
    assert insert([]) == []
    ours[0].name = "changed"
    ours[0].save()
    assert Entry.objects.filter(subject="ours:1").count() == 3


def test_texts_are_arguments_too():
    made = [ProductFactory(slug=slug) for slug in ("argan", "argan", "l'%s")]
    by_slug = Prepared(
        lambda slug, least: Product.objects.filter(slug=slug, pk__gte=least).values("pk")
    )
    assert [row["pk"] for row in by_slug("l'%s", 1)] == [made[2].pk]
    assert [row["pk"] for row in by_slug("argan", made[1].pk)] == [made[1].pk]
    assert by_slug("' OR 1=1 --", 1) == []
