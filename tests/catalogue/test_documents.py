from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from taawon.catalogue.documents import all_ids, build, rating
from taawon.catalogue.models import Label, Product
from taawon.catalogue.states import State
from taawon.cooperatives.models import Shop
from taawon.cooperatives.states import ShopState
from taawon.places.models import Commune, Province
from taawon.search.documents import Document
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def _published(**more: object) -> Product:
    return ProductFactory(
        state=State.PUBLISHED, published_at=datetime(2026, 5, 1, tzinfo=UTC), **more
    )


def test_all_that_is_found_by() -> None:
    oils = CategoryFactory(slug="oils", name_fr="Huiles", name_ar="زيوت")
    Label.objects.create(code="igp", name_fr="IGP", name_ar="بيان", short="IGP")
    product = _published(
        category=CategoryFactory(slug="argan", name_fr="Argan", name_ar="أركان", parent=oils),
        name_fr="Huile vierge",
        name_ar="زيت",
        label_codes=["igp"],
        on_hand=2,
        reserved=2,
        rating_sum=10,
        rating_count=2,
        price_centimes=9900,
    )
    cooperative = product.cooperative
    province = cooperative.province
    Province.objects.filter(pk=province.pk).update(aliases="Tiznite")
    commune = Commune.objects.create(
        code="09.1", province=province, name_fr="Aglou", name_ar="أكلو"
    )
    type(cooperative).objects.filter(pk=cooperative.pk).update(
        is_womens=True, commune=commune, name_fr="Tifaout", name_ar="تيفاوت"
    )

    [found] = build([product.pk])

    assert found == Document(
        kind="product",
        id=product.pk,
        names=("Huile vierge", "زيت"),
        body=("Argan أركان Huiles زيوت", "IGP بيان", ""),
        proper=(
            "Tifaout تيفاوت",
            f"Aglou أكلو  {province.name_fr} {province.name_ar} Tiznite "
            f"{cooperative.region.name_fr} {cooperative.region.name_ar} ",
        ),
        rank=392,
        group=cooperative.pk,
        terms={
            "region": (cooperative.region_id,),
            "province": (province.pk,),
            "category": ("argan",),
            "label": ("igp",),
            "women": ("yes",),
            "in_stock": ("no",),
            "cooperative": (str(cooperative.pk),),
        },
        numbers={"price": 9900, "newest": 1777593600, "rating": 392},
    )


def test_only_what_anybody_may_see() -> None:
    seen, paused = _published(), _published()
    Shop.objects.filter(cooperative_id=paused.cooperative_id).update(paused_until="2100-01-01")
    hidden = [
        _published(held=True),
        ProductFactory(state=State.DRAFT),
        ProductFactory(state=State.PAUSED),
        _published(),
    ]
    closed = Shop.objects.filter(cooperative_id=hidden[-1].cooperative_id)
    closed.update(state=ShopState.SUSPENDED)

    ids = [seen.pk, paused.pk]

    assert [document.id for document in build([*ids, *(one.pk for one in hidden), 0])] == ids
    assert list(all_ids()) == [*ids, *(one.pk for one in hidden)]


@pytest.mark.parametrize("number", [1, 3])
def test_its_cost(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = [_published().pk for _ in range(number)]
    with django_assert_num_queries(5):
        assert len(build(ids)) == number


def test_few_reviews_say_little() -> None:
    assert rating(0, 0) == 0
    assert rating(5, 1) == 375
    assert rating(500, 100) == 492
    assert rating(1, 1) == 308
